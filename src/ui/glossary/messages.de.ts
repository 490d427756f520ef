/** The words of the glossary's own controls in German. */
import type { GLOSSARY_CONTROLS } from './messages.ts';

export const glossaryControls: typeof GLOSSARY_CONTROLS = {
  open: 'Wörter dieser Seite',
  title: 'Wörter dieser Seite',
  close: 'Schließen',
};
