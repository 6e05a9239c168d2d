/** What can be drawn. Numbers are as they are; missing ones are null. */
export type Chart = Curves | HeatMap | Surface | Plane | ScatterMatrix | ParallelCoordinates;

export interface Curves {
  kind: 'curves';
  x: string;
  y: string;
  isLogarithmic?: boolean;
  /** Of y, where it is not that of the points. */
  range?: readonly [number, number];
  /** Points in order of x. Without `isDots` a line; what `isMarked` is to be seen at once, as what is odd is. */
  series: readonly {
    name: string;
    points: readonly (readonly [number, number | null])[];
    isDots?: boolean;
    isMarked?: boolean;
    isDashed?: boolean;
  }[];
}

export interface OverGrid {
  x: { name: string; values: readonly number[] };
  y: { name: string; values: readonly number[] };
  z: string;
  /** One row per value of y, one number per value of x. */
  values: readonly (readonly (number | null)[])[];
  /** Whether it matters on which side of 0 a number is, and how far from it. */
  isDiverging?: boolean;
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

export type Point = readonly [number, number];

/** A plane and what lies in it: the colours and the lines of a function, arrows, paths, dots. */
export interface Plane {
  kind: 'plane';
  x: Side;
  y: Side;
  /** Whether a length is the same across and upwards. */
  isEqual?: boolean;
  ground?: Omit<OverGrid, 'x' | 'y'> & { x: readonly number[]; y: readonly number[]; isColoured: boolean; hasLines: boolean };
  /** From where, and how far in x and y. */
  arrows?: readonly (readonly [number, number, number, number])[];
  paths?: readonly { name: string; points: readonly Point[] }[];
  /** With names, or without one. */
  dots?: readonly { name: string; points: readonly Point[] }[];
  /** What moves: to show a chart in which nothing else is new is little work. */
  moving?: readonly Point[];
  /** Is told where somebody clicks. */
  onPick?: (x: number, y: number) => void;
}

/** A side of a plane. */
export interface Side {
  name: string;
  from: number;
  to: number;
}

export interface ScatterMatrix {
  kind: 'scatter-matrix';
  columns: readonly { name: string; values: readonly (number | null)[] }[];
  /** Rows that are to be seen at once, as what is odd is. */
  marked?: ReadonlySet<number>;
}

/**
 * One line per row. Words have places of their own on an axis. `colourBy` names the column whose value a line's colour
 * tells.
 */
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
