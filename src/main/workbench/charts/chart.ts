/** What can be drawn. Numbers are as they are; missing ones are null. */
export type Chart = Curves | HeatMap | Surface | ScatterMatrix | ParallelCoordinates;

export interface Curves {
  kind: 'curves';
  x: string;
  y: string;
  isLogarithmic?: boolean;
  /** Points in order of x, or as a path where `isPath`. */
  series: readonly { name: string; points: readonly (readonly [number, number | null])[]; isDots?: boolean }[];
}

interface OverGrid {
  x: { name: string; values: readonly number[] };
  y: { name: string; values: readonly number[] };
  z: string;
  /** One row per value of y, one number per value of x. */
  values: readonly (readonly (number | null)[])[];
}

export interface HeatMap extends OverGrid {
  kind: 'heat-map';
}

/** Seen from an angle that one changes by dragging or by the arrow keys. */
export interface Surface extends OverGrid {
  kind: 'surface';
}

export interface Columns {
  columns: readonly { name: string; values: readonly (number | null)[] }[];
}

export interface ScatterMatrix extends Columns {
  kind: 'scatter-matrix';
}

/** One line per row. `colourBy` names the column whose value a line's colour tells. */
export interface ParallelCoordinates extends Columns {
  kind: 'parallel-coordinates';
  colourBy?: string;
}

/** A drawn chart. */
export interface Drawn {
  show(chart: Chart): void;
  end(): void;
}
