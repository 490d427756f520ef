/** What people read about the precision in which a study is computed, in German. */
import type { PRECISION_NOTICES } from './words.ts';

export const studyPrecision: typeof PRECISION_NOTICES = {
  begunInHalf: (device) =>
    `Diese Studie wurde in halber Genauigkeit begonnen, und ${device} rechnet nur in voller. Wähle WebGPU, um sie fortzusetzen.`,
  tooLargeForHalves: (what) =>
    `In voller Genauigkeit gerechnet: ${what === 'weights' ? 'Gewichte dieses Backbones sind größer' : 'Aktivierungen dieses Backbones können größer werden'} als die größte Zahl in halber Genauigkeit, 65.504.`,
};
