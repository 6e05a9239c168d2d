import { colour } from '../app/theme.js';
import type { Chart, Drawn, Surface } from './chart.js';
import { short } from './style.js';

const SCALE = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]] as const;
const TURN = Math.PI / 24;
/** Half of the height, where a side is 1. */
const LOW = 0.35;

/** A colour of the scale; `share` from 0 to 1. */
export function shade(share: number): string {
  const at = Math.min(Math.max(share, 0), 0.9999) * (SCALE.length - 1);
  const [low, high, part] = [SCALE[Math.floor(at)]!, SCALE[Math.floor(at) + 1]!, at % 1];
  return `rgb(${low.map((value, i) => Math.round(value + (high[i]! - value) * part)).join(',')})`;
}

/** Draws the patches of a surface from the farthest to the nearest (painter's algorithm). */
export function drawSurface(place: HTMLElement, start: Surface): Drawn {
  const canvas = document.createElement('canvas');
  canvas.style.touchAction = 'none';
  place.replaceChildren(canvas);
  let surface = start;
  let around = -0.7;
  let above = 0.6;

  const paint = () => {
    const [width, height, ratio] = [place.clientWidth, place.clientHeight, devicePixelRatio];
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
    const pen = canvas.getContext('2d');
    if (pen === null) return;
    pen.scale(ratio, ratio);
    const points = surface.points ?? [];
    const numbers = [...surface.values.flat().filter((value): value is number => value !== null), ...points.map(([, , z]) => z)];
    const [low, high] = [numbers.reduce((a, b) => Math.min(a, b), Infinity),
      numbers.reduce((a, b) => Math.max(a, b), -Infinity)];
    const size = Math.min(0.48 * width, 0.64 * height);
    const columns = surface.x.values.length;
    const lines = surface.y.values.length;
    const see = (x: number, y: number, z: number): [number, number, number] => {
      const [u, v] = [x * Math.cos(around) - y * Math.sin(around), x * Math.sin(around) + y * Math.cos(around)];
      return [width / 2 + size * u, 0.48 * height - size * (z * Math.cos(above) + v * Math.sin(above)),
        v * Math.cos(above) - z * Math.sin(above)];
    };
    const share = (value: number) => (high > low ? (value - low) / (high - low) : 0.5);
    const corner = (i: number, j: number) => {
      const value = surface.values[j]?.[i] ?? null;
      return value === null ? null
        : { at: see(i / (columns - 1) - 0.5, j / (lines - 1) - 0.5, 2 * LOW * (share(value) - 0.5)),
          share: share(value) };
    };
    const patches = [];
    for (let j = 0; j + 1 < lines; j++) {
      for (let i = 0; i + 1 < columns; i++) {
        const corners = [corner(i, j), corner(i + 1, j), corner(i + 1, j + 1), corner(i, j + 1)]
          .filter((found) => found !== null);
        if (corners.length === 4) {
          patches.push({
            points: corners.map((found) => found.at),
            depth: corners.reduce((sum, found) => sum + found.at[2], 0),
            share: corners.reduce((sum, found) => sum + found.share, 0) / 4,
          });
        }
      }
    }
    patches.sort((a, b) => b.depth - a.depth);
    for (const patch of patches) {
      pen.beginPath();
      patch.points.forEach(([x, y], index) => (index === 0 ? pen.moveTo(x, y) : pen.lineTo(x, y)));
      pen.closePath();
      pen.fillStyle = shade(patch.share);
      pen.strokeStyle = pen.fillStyle;
      pen.fill();
      pen.stroke();
    }
    const part = (value: number, values: readonly number[]) => {
      const [first = 0, last = 1] = [values[0], values.at(-1)];
      return last === first ? 0 : (value - first) / (last - first) - 0.5;
    };
    pen.fillStyle = colour('text');
    pen.strokeStyle = colour('background');
    pen.lineWidth = 0.75;
    for (const [x, y, z] of points) {
      const [left, top] = see(part(x, surface.x.values), part(y, surface.y.values), 2 * LOW * (share(z) - 0.5));
      pen.beginPath();
      pen.arc(left, top, 2, 0, 2 * Math.PI);
      pen.fill();
      pen.stroke();
    }
    pen.lineWidth = 1;
    pen.strokeStyle = colour('control');
    pen.font = '12px system-ui, sans-serif';
    const flat = (x: number, y: number, z: number) => see(x, y, z).slice(0, 2) as [number, number];
    const rule = (...ends: [number, number, number][]) => {
      pen.beginPath();
      ends.forEach((end, index) => (index === 0 ? pen.moveTo(...flat(...end)) : pen.lineTo(...flat(...end))));
      pen.stroke();
    };
    // Along the sides that are nearest: what is written there hides nothing.
    const near = { x: Math.sin(around) > 0 ? -0.5 : 0.5, y: Math.cos(around) > 0 ? -0.5 : 0.5 };
    rule([-0.5, near.y, -LOW], [0.5, near.y, -LOW]);
    rule([near.x, -0.5, -LOW], [near.x, 0.5, -LOW]);
    /** Beside or across a place, within the picture; `before` is how much of the text stands to the left of it. */
    const write = (text: string, [x, y]: [number, number], before: number) => {
      const length = pen.measureText(text).width;
      pen.fillText(text, Math.max(Math.min(x - before * length, width - length - 2), 2), y + 4);
    };
    const name = (side: Surface['x'], middle: [number, number, number], first: [number, number, number],
      last: [number, number, number]) => {
      write(short(side.values[0] ?? 0), flat(...first), 0.5);
      write(short(side.values.at(-1) ?? 0), flat(...last), 0.5);
      write(side.name, flat(...middle), 0.5);
    };
    const out = 1.16;
    name(surface.x, [0, near.y * out * 1.06, -LOW], [-0.42, near.y * out, -LOW], [0.42, near.y * out, -LOW]);
    name(surface.y, [near.x * out * 1.06, 0, -LOW], [near.x * out, -0.42, -LOW], [near.x * out, 0.42, -LOW]);
    // The height is told at the corner that is farthest to the left.
    const [cornerX, cornerY] = ([[-0.5, -0.5], [-0.5, 0.5], [0.5, -0.5], [0.5, 0.5]] as [number, number][])
      .reduce((a, b) => (see(b[0], b[1], 0)[0] < see(a[0], a[1], 0)[0] ? b : a));
    rule([cornerX, cornerY, -LOW], [cornerX, cornerY, LOW]);
    const beside = (text: string, z: number) => {
      const [x, y] = flat(cornerX, cornerY, z);
      write(text, [x - 6, y], 1);
    };
    if (numbers.length > 0) {
      beside(short(high), LOW);
      beside(surface.z, 0);
      beside(short(low), -LOW);
    }
  };

  const turn = (right: number, up: number) => {
    around += right;
    above = Math.min(Math.max(above + up, 0), Math.PI / 2);
    paint();
  };
  const drag = (event: PointerEvent) => {
    if (event.buttons === 1) turn(event.movementX / 150, event.movementY / 150);
  };
  const press = (event: KeyboardEvent) => {
    const by = ({ ArrowLeft: [-TURN, 0], ArrowRight: [TURN, 0], ArrowUp: [0, TURN],
      ArrowDown: [0, -TURN] } as Record<string, [number, number]>)[event.key];
    if (by !== undefined) {
      event.preventDefault();
      turn(...by);
    }
  };
  canvas.addEventListener('pointermove', drag);
  place.addEventListener('keydown', press);
  const size = new ResizeObserver(paint);
  size.observe(place);
  return {
    show: (next: Chart) => {
      if (next.kind === 'surface') {
        surface = next;
        paint();
      }
    },
    end: () => {
      size.disconnect();
      place.removeEventListener('keydown', press);
      canvas.remove();
    },
  };
}
