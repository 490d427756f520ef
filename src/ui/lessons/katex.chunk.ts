/** KaTeX with its own style sheet and fonts, loaded when the first formula is shown. */
import 'katex/dist/katex.min.css';

export { render } from 'katex';
