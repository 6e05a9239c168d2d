import { render } from 'preact';
import { Shell } from './app/shell.js';
import { applyTheme } from './app/theme.js';

applyTheme();
render(<Shell />, document.getElementById('workbench')!);
