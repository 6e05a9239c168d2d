import { render } from 'preact';
import { Bar } from '../app/bar.js';
import { applyTheme } from '../app/theme.js';
import { Copy } from '../components/copy.js';

applyTheme();
render(<Bar current="docs" page="/" />, document.getElementById('bar')!);
for (const example of document.querySelectorAll('main pre')) {
  const place = document.createElement('div');
  place.className = 'copy';
  example.before(place);
  render(<Copy text={example.textContent ?? ''} />, place);
}
