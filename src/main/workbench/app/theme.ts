import { useEffect, useState } from 'preact/hooks';

export type Theme = 'system' | 'light' | 'dark';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const KEY = 'nabla.theme';

function chosen(): Theme {
  return THEMES.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system';
}

export function applyTheme(theme: Theme = chosen()): void {
  if (theme === 'system') {
    document.documentElement.removeAttribute('data-theme');
  } else {
    document.documentElement.setAttribute('data-theme', theme);
  }
  dispatchEvent(new Event('nabla-theme'));
}

/** The theme that was chosen, and what chooses another. */
export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState(chosen);
  return [theme, (next) => {
    localStorage.setItem(KEY, next);
    setTheme(next);
    applyTheme(next);
  }];
}

/** Counts up whenever colours may have changed, for what reads them by `colour`. */
export function useColours(): number {
  const [version, setVersion] = useState(0);
  useEffect(() => {
    const change = () => setVersion((before) => before + 1);
    const system = matchMedia('(prefers-color-scheme: dark)');
    system.addEventListener('change', change);
    addEventListener('nabla-theme', change);
    return () => {
      system.removeEventListener('change', change);
      removeEventListener('nabla-theme', change);
    };
  }, []);
  return version;
}

/** Whether what is written is lighter than its ground. */
export function isDark(): boolean {
  const theme = document.documentElement.getAttribute('data-theme');
  return theme === null ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark';
}

/** The value of one of the custom properties in styles/base.css, such as `accent`. */
export function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}
