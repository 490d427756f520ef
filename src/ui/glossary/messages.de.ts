/** The words of the glossary's own controls in German. */
import type { GLOSSARY_CONTROLS } from './messages.ts';

export const GLOSSARY_CONTROLS_DE: typeof GLOSSARY_CONTROLS = {
  open: 'Wörter dieser Seite',
  title: 'Wörter dieser Seite',
  close: 'Schließen',
};
