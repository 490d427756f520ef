/** copra_peft.py: the methods for any PEFT model, one Python file that stands on its own. */
import text from '../../../python/copra_peft.py?raw';
import { lawsInPython } from './laws.ts';

const GENERATED = /(?<=^# generated: laws.*\n)[\s\S]*?(?=^# end$)/m;
const [GATES, MODELS] = [/^# ---- Gates -+\n+/m, /\n+# ---- PEFT models -+$/m];

/** The whole file, with the laws of the methods that there are now. */
export const copraPeft = (): string => text.replace(GENERATED, () => `${lawsInPython()}\n`);

/** What draws and sets the gates, without what it takes to find the layers of a model: for scripts that know them. */
export function gatesInPython(): string {
  const [, fromGates] = copraPeft().split(GATES);
  const [gates] = fromGates.split(MODELS);
  return gates;
}
