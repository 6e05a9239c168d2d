import type { RowsResponse } from 'client';
import { count } from '../../components/numbers.js';
import { statistics } from '../data/columns.js';

/** A target of a dataset beside what a model says, row by row. */
export interface Pair {
  name: string;
  rows: number;
  points: readonly { row: number; isHeldOut: boolean; inputs: readonly number[]; target: number; predicted: number | null }[];
}

/**
 * Targets meet outputs by name, or by position where no name is the same and there are as many.
 *
 * @param values a vector for every row; null where there is no value
 * @param heldOut the rows that were not trained on
 */
export function pairsOf(rows: RowsResponse, values: readonly unknown[],
  outputs: readonly string[], heldOut: ReadonlySet<number>): Pair[] | 'unmatched' {
  const targets = rows.targets ?? [];
  const isNamed = rows.targetNames.some((name) => outputs.includes(name));
  if (!isNamed && rows.targetNames.length !== outputs.length) return 'unmatched';
  const pairs = rows.targetNames.flatMap((name, column): Pair[] => {
    const output = isNamed ? outputs.indexOf(name) : column;
    return output < 0 ? [] : [{
      name, rows: rows.inputs.length,
      points: rows.inputs.map((inputs, row) => ({
        row, isHeldOut: heldOut.has(row), inputs, target: targets[row]![column]!, predicted: (values[row] as readonly number[] | null)?.[output]
          ?? null,
      })),
    }];
  });
  return pairs.length === 0 ? 'unmatched' : pairs;
}

/** Rows of a pair whose errors are told apart from those of the others. */
export interface Part extends Summary {
  name: string;
  rows: string;
}

/** What a target is off by: over the rows trained on and over those held out, where there are some. */
export function partsOf(pair: Pair): Part[] {
  const [trained, heldOut] = [false, true].map((isHeldOut) => pair.points.filter((point) => point.isHeldOut === isHeldOut));
  const part = (rows: string, points: Pair['points']) => ({ name: pair.name, rows, ...summaryOf({ ...pair, points }) });
  return heldOut!.length === 0 ? [part('All', pair.points)]
    : [part(`${count(trained!.length)} trained on`, trained!), part(`${count(heldOut!.length)} held out`, heldOut!)];
}

/** How many rows of a class are said to be of which. */
export interface Confusion {
  rows: string;
  /** Empty where one class excludes the others. */
  target: string;
  classes: readonly string[];
  /** By the class that they are of, then by that which is said; those at which the model has no value are only in the total. */
  counts: readonly (readonly number[])[];
  total: number;
}

/**
 * A row has the class of its largest target; where classes are apart, or there is one, each target is on its side of a half. Over the rows
 * trained on and over those held out, where there are some.
 *
 * @param names what the classes are called
 */
export function confusionsOf(pairs: readonly Pair[], names: readonly string[], areApart: boolean): Confusion[] {
  const points = pairs[0]?.points ?? [];
  const largest = (values: readonly number[]) => values.indexOf(Math.max(...values));
  const side = ([value = NaN]: readonly number[]) => (value > 0.5 ? 1 : value <= 0.5 ? 0 : -1);
  const questions = areApart || pairs.length === 1
    ? pairs.map((pair, at) => ({ of: [pair], target: names[at]!, classes: ['no', 'yes'], classOf: side }))
    : [{ of: pairs, target: '', classes: names, classOf: largest }];
  const parts = points.some(({ isHeldOut }) => isHeldOut) ? [[false, 'those trained on'], [true, 'those held out']] as const
    : [[false, 'all rows']] as const;
  return parts.flatMap(([isHeldOut, rows]) => questions.map(({ of, target, classes, classOf }) => {
    const counts = classes.map(() => classes.map(() => 0));
    const own = [...points.keys()].filter((row) => points[row]!.isHeldOut === isHeldOut);
    for (const row of own) {
      const both = of.map((pair) => pair.points[row]!);
      const told = counts[classOf(both.map((point) => point.target))]!;
      const said = classOf(both.map(({ predicted }) => predicted ?? NaN));
      if (said >= 0) told[said]!++;
    }
    return { rows, target, classes, counts, total: own.length };
  }));
}

/** Which part of the rows has the right class; of several targets the mean of their parts. */
export function accuraciesOf(confusions: readonly Confusion[]): { rows: string; share: number }[] {
  return [...new Set(confusions.map(({ rows }) => rows))].map((part) => {
    const shares = confusions.filter(({ rows }) => rows === part).map(({ counts, total }) =>
      counts.reduce((right, line, at) => right + line[at]!, 0) / total);
    return { rows: part, share: shares.reduce((sum, share) => sum + share, 0) / shares.length };
  });
}

export interface Summary {
  mean: number | null;
  rootMeanSquare: number | null;
  largest: number | null;
  /** The coefficient of determination; null where the target does not vary. */
  determination: number | null;
  /** The same without the rows whose target is odd, which alone can make it near 1; null where there are none. */
  determinationOfMost: number | null;
  /** The rows by how far they are off, the farthest first. */
  worst: Pair['points'];
  undefinedRows: number;
}

/** The errors of one target, over the rows at which the model has a value. */
export function summaryOf({ points }: Pair): Summary {
  const seen = points.filter(({ predicted }) => predicted !== null);
  const n = seen.length;
  const off = ({ target, predicted }: Pair['points'][number]) => Math.abs(predicted! - target);
  const worst = [...seen].sort((a, b) => off(b) - off(a));
  const squares = seen.reduce((sum, point) => sum + off(point) ** 2, 0);
  const { odd } = statistics(seen.map(({ target }) => target));
  return {
    mean: n === 0 ? null : seen.reduce((sum, point) => sum + off(point), 0) / n,
    rootMeanSquare: n === 0 ? null : Math.sqrt(squares / n),
    largest: worst[0] === undefined ? null : off(worst[0]),
    determination: determinationOf(seen),
    determinationOfMost: odd.size === 0 ? null : determinationOf(seen.filter((_, at) => !odd.has(at))),
    worst,
    undefinedRows: points.length - n,
  };
}

function determinationOf(points: Pair['points']): number | null {
  const middle = points.reduce((sum, { target }) => sum + target, 0) / points.length;
  const squares = points.reduce((sum, { target, predicted }) => sum + (predicted! - target) ** 2, 0);
  const spread = points.reduce((sum, { target }) => sum + (target - middle) ** 2, 0);
  return spread > 0 ? 1 - squares / spread : null;
}
