/** The arms that stand in the legend of a figure of all arms: of a sweep, one per method, which looks the same at every value. */
import type { ArmConfig } from '../../../study/config/config.ts';
import type { Sweep } from '../../../study/config/sweep.ts';

export function legendArms(arms: readonly ArmConfig[], sweep: Sweep | null): readonly ArmConfig[] {
  if (!sweep) return arms;
  return arms.flatMap((arm) => {
    const own = sweep.methods.find(({ arms: [first] }) => first.id === arm.id);
    return own ? [{ ...arm, name: own.name }] : [];
  });
}
