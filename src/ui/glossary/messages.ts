/** The words of the glossary's own controls. The terms themselves lie in terms/, which is loaded later. */
import { catalogue } from '../../core/language/catalogue.ts';

export const GLOSSARY_CONTROLS = catalogue('glossaryControls', {
  open: 'words of this page',
  title: 'Words of this page',
  close: 'Close',
});
