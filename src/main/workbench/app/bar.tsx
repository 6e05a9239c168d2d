import { SelectField } from '../components/field.js';
import { goTo, lastOf, linkTo } from './address.js';
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
            <li key={name}><a href={page + linkTo(name)} aria-current={name === current ? 'page' : undefined}
              onClick={(event) => comeBack(event, name, current)}>{title}</a></li>
          ))}
          <li><a href="/docs/" aria-current={current === 'docs' ? 'page' : undefined}>Docs</a></li>
        </ul>
      </nav>
      <ThemeChoice />
    </header>
  );
}

/** Who comes back to a screen finds it as it was; on the screen itself its link begins anew. */
function comeBack(event: MouseEvent, name: string, current: string): void {
  const last = lastOf(name);
  if (last === undefined || name === current || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  goTo(last);
}

const THEME_NAMES: Record<Theme, string> = { system: 'As the system', light: 'Light', dark: 'Dark' };

function ThemeChoice() {
  const [theme, setTheme] = useTheme();
  return (
    <SelectField label="Theme" value={theme} onChange={setTheme}
      options={THEMES.map((value) => ({ value, label: THEME_NAMES[value] }))} />
  );
}
