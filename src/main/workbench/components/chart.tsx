import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useColours } from '../app/theme.js';
import type { Chart as Content, Drawn } from '../charts/chart.js';

/**
 * A chart, whose library is loaded when the first one is shown. `text` says in a sentence or two what is to be seen in it. Where there is
 * less place than `least` pixels it scrolls.
 */
export function Chart({ title, text, chart, height = 360, least = 0 }: {
  title: string;
  text: string;
  chart: Content;
  height?: number;
  least?: number;
}) {
  const place = useRef<HTMLDivElement>(null);
  const drawn = useRef<Drawn | null>(null);
  const latest = useRef(chart);
  latest.current = chart;
  const [failed, setFailed] = useState(false);
  const colours = useColours();
  const id = useId();
  useEffect(() => {
    let isCurrent = true;
    import('../charts/draw.js').then(({ draw }) => {
      if (isCurrent && place.current !== null) drawn.current = draw(place.current, latest.current);
    }).catch(() => setFailed(true));
    return () => {
      isCurrent = false;
      drawn.current?.end();
      drawn.current = null;
    };
  }, [chart.kind, colours]);
  useEffect(() => drawn.current?.show(chart), [chart]);
  return (
    <figure aria-labelledby={`${id}-title`}>
      <figcaption id={`${id}-title`}>{title}</figcaption>
      <div {...(least > 0 && { class: 'scroll', tabIndex: 0, role: 'group', 'aria-label': title })}>
        <div ref={place} class="chart" style={{ height: `${height}px`, minWidth: `${least}px` }} role="img" aria-label={`${title}. ${text}`}
          tabIndex={chart.kind === 'surface' ? 0 : undefined} />
      </div>
      <p class="help">{failed ? 'The chart could not be drawn. ' : ''}{text}</p>
    </figure>
  );
}
