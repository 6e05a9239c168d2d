import { render } from 'preact';
import { Bar } from '../app/bar.js';
import { applyTheme } from '../app/theme.js';
import { Copy } from '../components/copy.js';

applyTheme();
render(<Bar current="docs" page="/" />, document.getElementById('bar')!);
atThisService(document.querySelector('main')!);
for (const example of document.querySelectorAll('main pre')) {
  const place = document.createElement('div');
  place.className = 'copy';
  example.before(place);
  render(<Copy text={example.textContent ?? ''} />, place);
}

/**
 * Examples and links are of the service that shows them, wherever that runs. What is said of a service that somebody starts stays.
 */
function atThisService(text: HTMLElement): void {
  const bare = location.protocol === 'http:' ? location.host : location.origin;
  const here = (said: string) => said.replaceAll('http://localhost:8080', location.origin).replaceAll('localhost:8080', bare);
  const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    if (node.parentElement?.closest('pre')?.textContent?.includes('spring-boot:run') !== true) node.nodeValue = here(node.nodeValue ?? '');
  }
  for (const link of text.querySelectorAll<HTMLAnchorElement>('a[href^="http://localhost:8080"]')) link.href = here(link.href);
}
