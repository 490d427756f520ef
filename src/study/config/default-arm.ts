/** The default arm of every method. */
import { plainArm, type ArmConfig } from './config.ts';
import { ARM_SETTINGS } from './settings/arm.ts';
import { usualOf } from './settings/rows.ts';

/** A new arm of a method with the default settings. */
export const defaultArm = (method: ArmConfig['method'], id: string, name: string): ArmConfig =>
  plainArm({ id, name, method, ...usualOf(ARM_SETTINGS) });
