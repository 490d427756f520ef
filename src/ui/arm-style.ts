/** How an arm looks everywhere: colour, dash and marker together, so that no reader depends on colour alone. */
import type { ArmConfig } from '../study/config/config.ts';
import { sweepOf } from '../study/config/sweep.ts';

export interface ArmStyle {
  /** CSS custom property of tokens.css. */
  readonly token: `--arm-${number}`;
  readonly dash: 'solid' | 'dash' | 'dot' | 'dashdot' | 'longdash';
  readonly marker: 'circle' | 'square' | 'diamond' | 'triangle-up' | 'cross' | 'x' | 'star' | 'pentagon';
}

const STYLES: readonly ArmStyle[] = [
  { token: '--arm-0', dash: 'solid', marker: 'circle' },
  { token: '--arm-1', dash: 'dash', marker: 'square' },
  { token: '--arm-2', dash: 'dot', marker: 'diamond' },
  { token: '--arm-3', dash: 'dashdot', marker: 'triangle-up' },
  { token: '--arm-4', dash: 'longdash', marker: 'cross' },
  { token: '--arm-5', dash: 'solid', marker: 'x' },
  { token: '--arm-6', dash: 'dash', marker: 'star' },
  { token: '--arm-7', dash: 'dot', marker: 'pentagon' },
];

const PREFERRED: Partial<Record<ArmConfig['method'], number>> = { lora: 0, copra: 1 };
const ORDER = [2, 3, 4, 5, 6, 7, 0, 1];

const MADE: ArmStyle[] = [];

/** The nth style, the same object always. Past the last one, the colours repeat with other dashes and markers. */
const styleAt = (index: number): ArmStyle =>
  (MADE[index] ??= {
    ...STYLES[(index + Math.floor(index / STYLES.length)) % STYLES.length],
    token: STYLES[index % STYLES.length].token,
  });

/** Assigns a style to each arm by name; LoRA and CopRA have fixed ones. */
function chooseStyles(arms: readonly Pick<ArmConfig, 'id' | 'method'>[]): Map<string, ArmStyle> {
  const taken = new Set<number>();
  const chosen = new Map<string, number>();
  for (const arm of arms) {
    const wish = PREFERRED[arm.method];
    if (wish === undefined || taken.has(wish)) continue;
    taken.add(wish);
    chosen.set(arm.id, wish);
  }
  for (const arm of arms) {
    if (chosen.has(arm.id)) continue;
    const free = ORDER.find((index) => !taken.has(index)) ?? Math.max(STYLES.length, ...[...taken].map((i) => i + 1));
    taken.add(free);
    chosen.set(arm.id, free);
  }
  return new Map([...chosen].map(([id, index]) => [id, styleAt(index)]));
}

/**
 * The first LoRA arm is blue and the first CopRA arm orange; every other arm takes the next free style in order. In a sweep a method looks the
 * same at every value: position tells its values apart.
 */
export function armStyles(arms: readonly ArmConfig[]): ReadonlyMap<string, ArmStyle> {
  const sweep = sweepOf({ arms });
  if (!sweep) return chooseStyles(arms);
  const styles = chooseStyles(sweep.methods.map(({ method }) => ({ id: method, method })));
  return new Map(
    arms.flatMap(({ id, method }) => {
      const style = styles.get(method);
      return style ? [[id, style] as const] : [];
    }),
  );
}
