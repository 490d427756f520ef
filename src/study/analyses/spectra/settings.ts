/** Settings of the spectra of updates. */
import { analysisSchema } from '../../config/settings/analysis-rows.ts';
import { number, onOff } from '../../config/settings/rows.ts';

export const SPECTRA_SETTINGS = {
  enabled: onOff({
    label: 'Spectra',
    query: 'spectra',
    usual: false,
  }),
  directions: number({
    label: 'Directions searched for intruders',
    query: 'spectra-directions',
    min: 0,
    max: 100,
    whole: true,
    step: 1,
    usual: 10,
  }),
  threshold: number({
    label: 'Cosine below which a direction is new',
    query: 'spectra-threshold',
    min: 0.01,
    max: 1,
    usual: 0.5,
    when: ({ directions }) => directions !== 0,
  }),
};

export const SpectraSchema = analysisSchema(SPECTRA_SETTINGS);
