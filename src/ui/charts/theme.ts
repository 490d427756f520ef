/** Resolves the design tokens to the plain colours that pictures, Plotly and canvas need, in the current theme. */
import { useStore } from 'zustand/react';
import { themeStore, type Theme } from '../../state/page/theme.ts';
import { usePaper } from '../printer.ts';

export interface ChartTheme {
  readonly font: string;
  colour(token: `--${string}`): string;
}

/** A custom property may hold light-dark(), which is resolved only in a used colour; in the theme of the element that declares it. */
function resolver(scheme: Theme): ChartTheme['colour'] {
  const probe = document.createElement('span');
  probe.dataset.theme = scheme;
  // A system with colours of its own makes one colour of all of them.
  probe.style.forcedColorAdjust = 'none';
  // It stays: an element that comes or goes makes the browser compute the style of more than itself.
  probe.hidden = true;
  const colours = new Map<string, string>();
  return (token) => {
    let colour = colours.get(token);
    if (colour === undefined) {
      if (!probe.isConnected) document.body.append(probe);
      probe.style.color = `var(${token})`;
      colour = getComputedStyle(probe).color;
      colours.set(token, colour);
    }
    return colour;
  };
}

const themes = new Map<Theme, ChartTheme>();

/** Either theme, including the inactive one. Every colour is read once, because each reading makes the browser compute the style of the page. */
export function readTheme(name: Theme): ChartTheme {
  let theme = themes.get(name);
  if (!theme) {
    theme = {
      font: getComputedStyle(document.documentElement).getPropertyValue('--font'),
      colour: resolver(name),
    };
    themes.set(name, theme);
  }
  return theme;
}

export function useChartTheme(): ChartTheme {
  const theme = useStore(themeStore, (state) => state.theme);
  const isPaper = usePaper();
  return readTheme(isPaper ? 'light' : theme);
}
