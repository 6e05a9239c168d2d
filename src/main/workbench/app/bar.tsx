import { SelectField } from '../components/field.js';
import { linkTo } from './address.js';
import { HOME, SCREENS } from './screens.js';
import { THEMES, useTheme, type Theme } from './theme.js';

/**
 * The ways to the screens and to the documents, and the choice of a theme.
 *
 * @param current the name of the screen that is shown, or `docs`
 * @param page where the screens are, seen from elsewhere
 */
export function Bar({ current, page = '' }: { current: string; page?: string }) {
  return (
    <header class="bar">
      <a class="brand" href={page + linkTo(HOME.name)}><span aria-hidden="true">∇</span> Nabla</a>
      <nav aria-label="Screens">
        <ul>
          {SCREENS.map(({ name, title }) => (
            <li key={name}><a href={page + linkTo(name)} aria-current={name === current ? 'page' : undefined}>{title}</a></li>
          ))}
          <li><a href="/docs/" aria-current={current === 'docs' ? 'page' : undefined}>Docs</a></li>
        </ul>
      </nav>
      <ThemeChoice />
    </header>
  );
}

const THEME_NAMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

function ThemeChoice() {
  const [theme, setTheme] = useTheme();
  return (
    <SelectField label="Theme" value={theme} onChange={setTheme}
      options={THEMES.map((value) => ({ value, label: THEME_NAMES[value] }))} />
  );
}
