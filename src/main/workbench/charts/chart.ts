/** What can be drawn. Numbers are as they are; missing ones are null. */
export type Chart = Curves | HeatMap | Surface | ScatterMatrix | ParallelCoordinates;

export interface Curves {
  kind: 'curves';
  x: string;
  y: string;
  isLogarithmic?: boolean;
  /** Points in order of x. Without `isDots` a line; what `isMarked` is to be seen at once, as what is odd is. */
  series: readonly {
    name: string;
    points: readonly (readonly [number, number | null])[];
    isDots?: boolean;
    isMarked?: boolean;
    isDashed?: boolean;
  }[];
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
  /** Dots, such as the data that a surface was fitted to. */
  points?: readonly (readonly [number, number, number])[];
}

export interface ScatterMatrix {
  kind: 'scatter-matrix';
  columns: readonly { name: string; values: readonly (number | null)[] }[];
  /** Rows that are to be seen at once, as what is odd is. */
  marked?: ReadonlySet<number>;
}

/** One line per row. Words have places of their own on an axis. `colourBy` names the column of numbers whose value a line's colour tells. */
export interface ParallelCoordinates {
  kind: 'parallel-coordinates';
  columns: readonly { name: string; values: readonly (number | string | null)[]; isLogarithmic?: boolean }[];
  colourBy?: string;
}

/** A drawn chart. */
export interface Drawn {
  show(chart: Chart): void;
  end(): void;
}
