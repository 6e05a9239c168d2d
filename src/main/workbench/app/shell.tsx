import type { ComponentType } from 'preact';
import { useEffect, useErrorBoundary, useRef, useState } from 'preact/hooks';
import { KeyDialog } from '../api/key-dialog.js';
import { linkTo, usePath } from './address.js';
import { Bar } from './bar.js';
import { HOME, SCREENS } from './screens.js';

/** What stays around the screens: navigation, theme, the question for a key. */
export function Shell() {
  const [name = '', id = ''] = usePath();
  const entry = name === '' ? HOME : SCREENS.find((screen) => screen.name === name || screen.shows?.includes(name));
  const [loaded, setLoaded] = useState<{ name: string; Screen: ComponentType } | null>(null);
  const [failed, setFailed] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  const moved = useRef(false);
  useEffect(() => {
    document.title = `${entry?.title ?? 'Not found'} – Nabla`;
    setFailed(false);
    let current = true;
    entry?.load().then(
      ({ Screen }) => current && setLoaded({ name: entry.name, Screen }),
      () => current && setFailed(true),
    );
    return () => { current = false; };
  }, [entry?.name]);
  useEffect(() => {
    // Who went elsewhere, by keyboard or by an act, starts at its heading.
    if (moved.current) heading.current?.focus();
    moved.current = true;
  }, [entry?.name, id]);
  const Screen = loaded !== null && loaded.name === entry?.name ? loaded.Screen : null;
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => { event.preventDefault(); heading.current?.focus(); }}>
        Skip to the content
      </a>
      <Bar current={entry?.name ?? ''} />
      <main id="main">
        <h1 ref={heading} tabIndex={-1}>{entry?.title ?? 'Not found'}</h1>
        {entry === undefined && <p>There is no screen called {name}. The navigation has all there are.</p>}
        {failed && <NotLoaded />}
        {Screen !== null && <Held key={`${name}/${id}`} name={name} Screen={Screen} />}
      </main>
      <footer class="foot">
        <a href="/swagger-ui.html">The API</a>
        <a href="/v3/api-docs.yaml">OpenAPI document</a>
      </footer>
      <KeyDialog />
    </>
  );
}

/** A screen, or that it fails: what it shows then is in the address, so that there is a way without. */
function Held({ name, Screen }: { name: string; Screen: ComponentType }) {
  const [thrown] = useErrorBoundary((error: unknown) => console.error(error));
  if (!thrown) return <Screen />;
  return (
    <div role="alert" class="alert">
      <p>This screen cannot show what its address says.</p>
      <p><button type="button" onClick={() => { location.hash = linkTo(name); location.reload(); }}>Begin it anew</button></p>
    </div>
  );
}

/**
 * That a screen could not be loaded. A browser remembers modules that failed, so trying again is to load the page anew, once
 * the service answers; the address keeps what one sees.
 */
function NotLoaded() {
  const [said, setSaid] = useState('');
  const again = () => fetch(location.pathname, { cache: 'no-store' }).then(
    ({ ok }) => { if (ok) location.reload(); else setSaid('The service does not answer yet.'); },
    () => setSaid('The service does not answer yet.'));
  return (
    <div role="alert" class="alert">
      <p>This screen could not be loaded: the service does not answer.</p>
      <p class="row"><button type="button" onClick={again}>Try again</button> <span role="status">{said}</span></p>
    </div>
  );
}
