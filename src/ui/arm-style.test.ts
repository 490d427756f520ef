import { describe, expect, it } from 'vitest';
import type { ArmConfig } from '../study/config/config.ts';
import { defaultArm } from '../study/config/default-arm.ts';
import { armStyles } from './arm-style.ts';

const arm = (id: string, method: ArmConfig['method'], changes: Partial<ArmConfig> = {}): ArmConfig => ({
  ...defaultArm(method, id, id),
  ...changes,
});

describe('arm styles', () => {
  it('draw LoRA blue and CopRA orange in any order', () => {
    const styles = armStyles([arm('copra', 'copra'), arm('drop', 'layer-drop'), arm('lora', 'lora')]);
    expect(styles.get('lora')?.token).toBe('--arm-0');
    expect(styles.get('copra')?.token).toBe('--arm-1');
    expect(styles.get('drop')?.token).toBe('--arm-2');
  });

  it('never look alike: in colour and in marker up to eight arms, in one of them beyond', () => {
    const styles = [...armStyles(Array.from({ length: 24 }, (_, i) => arm(`a-${i}`, 'copra'))).values()];
    expect(new Set(styles.slice(0, 8).map(({ token }) => token)).size).toBe(8);
    expect(new Set(styles.slice(0, 8).map(({ marker }) => marker)).size).toBe(8);
    expect(new Set(styles.map(({ token, marker }) => `${token} ${marker}`)).size).toBe(24);
  });

  it('are the same objects as long as they look the same', () => {
    const arms = Array.from({ length: 24 }, (_, i) => arm(`a-${i}`, 'copra'));
    const renamed = armStyles(arms.map((one) => ({ ...one, name: 'Renamed' })));
    for (const [id, style] of armStyles(arms)) expect(renamed.get(id)).toBe(style);
  });

  it('in a sweep are those of the methods', () => {
    const rates = [1e-4, 1e-3, 1e-2];
    const arms = rates.flatMap((learningRate, i) => [
      arm(`copra-${i}`, 'copra', { learningRate }),
      arm(`lora-${i}`, 'lora', { learningRate }),
      arm(`layer-drop-${i}`, 'layer-drop', { learningRate }),
    ]);
    const styles = armStyles(arms);
    for (const { id, method } of arms) expect(styles.get(id)).toEqual(armStyles([arm('x', method)]).get('x'));
    expect(new Set([...styles.values()].map(({ token }) => token)).size).toBe(3);
  });
});
