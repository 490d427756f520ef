/** The words of the glossary's own controls. The terms themselves are readings: src/copra/readings/glossary.ts. */
import { catalogue } from '../../core/language/catalogue.ts';

export const GLOSSARY_CONTROLS = catalogue('glossaryControls', {
  open: 'words of this page',
  title: 'Words of this page',
  close: 'Close',
});
