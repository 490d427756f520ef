/** Resolves the design tokens to the plain colours that pictures, Plotly and canvas need, in the current theme. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { themeStore, type Theme } from '../../state/page/theme.ts';

export interface ChartTheme {
  readonly font: string;
  colour(token: `--${string}`): string;
}

/** A custom property may hold light-dark(), which is resolved only in a used colour; in the theme of the element that declares it. */
function resolver(scheme: Theme): ChartTheme['colour'] {
  const probe = document.createElement('span');
  probe.dataset.theme = scheme;
  const colours = new Map<string, string>();
  return (token) => {
    let colour = colours.get(token);
    if (colour === undefined) {
      document.body.append(probe);
      probe.style.color = `var(${token})`;
      colour = getComputedStyle(probe).color;
      colours.set(token, colour);
      probe.remove();
    }
    return colour;
  };
}

/** Reads either theme, including the inactive one. */
export const readTheme = (name: Theme): ChartTheme => ({
  font: getComputedStyle(document.documentElement).getPropertyValue('--font'),
  colour: resolver(name),
});

export function useChartTheme(): ChartTheme {
  const theme = useStore(themeStore, (state) => state.theme);
  return useMemo(() => readTheme(theme), [theme]);
}
