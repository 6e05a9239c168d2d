import { render } from 'preact';
import { Shell } from './app/shell.js';
import { applyTheme } from './app/theme.js';
import './components/dropped.js';

applyTheme();
render(<Shell />, document.getElementById('workbench')!);
