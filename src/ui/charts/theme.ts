/** The design tokens as the plain colours Plotly and canvas need, resolved for the theme in use. */
import { useMemo } from 'react';
import { useStore } from 'zustand/react';
import { themeStore, type Theme } from '../../state/page/theme.ts';
import type { Layout } from './plotly.ts';

export interface ChartTheme {
  readonly name: Theme;
  readonly ink: string;
  readonly ink2: string;
  readonly ink3: string;
  readonly line: string;
  readonly surface: string;
  readonly inactive: string;
  readonly sunken: string;
  readonly reference: string;
  readonly font: string;
  arm(token: string): string;
  /** The colour with an opacity, as rgba(). */
  fade(color: string, alpha: number): string;
}

/** A custom property may hold light-dark(); only a used colour resolves it. */
function resolver(scheme: Theme): (token: string) => string {
  const probe = document.createElement('span');
  probe.style.colorScheme = scheme;
  document.body.append(probe);
  const colours = new Map<string, string>();
  const read = (token: string): string => {
    let colour = colours.get(token);
    if (colour === undefined) {
      if (!probe.isConnected) document.body.append(probe);
      probe.style.color = `var(${token})`;
      colour = getComputedStyle(probe).color;
      colours.set(token, colour);
      probe.remove();
    }
    return colour;
  };
  return read;
}

/** Either theme, also the one that is not in use. */
export function readTheme(name: Theme): ChartTheme {
  const colour = resolver(name);
  return {
    name,
    ink: colour('--ink'),
    ink2: colour('--ink-2'),
    ink3: colour('--ink-3'),
    line: colour('--line'),
    surface: colour('--surface'),
    inactive: colour('--inactive'),
    sunken: colour('--sunken'),
    reference: colour('--reference'),
    font: getComputedStyle(document.documentElement).getPropertyValue('--font'),
    arm: colour,
    fade: (rgb, alpha) => `rgba(${(rgb.match(/[\d.]+/g) ?? []).slice(0, 3).join(', ')}, ${alpha})`,
  };
}

export function useChartTheme(): ChartTheme {
  const theme = useStore(themeStore, (state) => state.theme);
  return useMemo(() => readTheme(theme), [theme]);
}

/** What all charts share: quiet grid, small type, no title (the figure has one), no movement. */
export function baseLayout(theme: ChartTheme): Layout {
  return {
    font: { family: theme.font, size: 12, color: theme.ink2 },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    margin: { l: 44, r: 12, t: 10, b: 40 },
    showlegend: false,
    hovermode: 'x unified',
    dragmode: false,
    hoverlabel: {
      bgcolor: theme.surface,
      bordercolor: theme.line,
      font: { family: theme.font, size: 12, color: theme.ink },
      align: 'left',
    },
  };
}

/** The title of the box of numbers at a pointer: what is on the axis, and where. `value` in Plotly's terms, e.g. "λ = %{x}". */
export const hoverTitle = (value: string): Layout => ({ unifiedhovertitle: { text: value } });

/** An axis with a title and a light grid. */
export function axis(theme: ChartTheme, title: string, extra: Layout = {}): Layout {
  return {
    title: { text: title, font: { size: 12, color: theme.ink3 }, standoff: 8 },
    gridcolor: theme.line,
    linecolor: theme.line,
    zeroline: false,
    ticks: '',
    tickfont: { size: 12, color: theme.ink3 },
    automargin: false,
    fixedrange: true,
    ...extra,
  };
}
