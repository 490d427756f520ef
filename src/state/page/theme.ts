/** Light or dark: the system's choice until the reader makes one, which is then remembered. */
import { createStore } from 'zustand/vanilla';

export type Theme = 'light' | 'dark';
const KEY = 'copra-theme';

/** Storage can be forbidden (private windows, embedded pages); the choice is then not remembered. */
function stored(): Theme | null {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : null;
  } catch {
    return null;
  }
}

/** "?theme=dark" matches an embedded chart to its slide. */
function asked(): Theme | null {
  const value = new URLSearchParams(location.search).get('theme');
  return value === 'light' || value === 'dark' ? value : null;
}

const systemDark = (): MediaQueryList => matchMedia('(prefers-color-scheme: dark)');

export const themeStore = createStore<{ theme: Theme }>(() => ({ theme: 'light' }));

export function startTheme(): void {
  const apply = (theme: Theme): void => {
    document.documentElement.dataset.theme = theme;
    themeStore.setState({ theme });
  };
  apply(asked() ?? stored() ?? (systemDark().matches ? 'dark' : 'light'));
  systemDark().addEventListener('change', (event) => {
    if (!asked() && !stored()) apply(event.matches ? 'dark' : 'light');
  });
  themeStore.subscribe(({ theme }) => {
    document.documentElement.dataset.theme = theme;
  });
}

export function chooseTheme(theme: Theme): void {
  themeStore.setState({ theme });
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // Not remembered; see stored().
  }
}
