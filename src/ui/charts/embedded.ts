/** In a frame on somebody's slide a figure is its chart, legend and reading alone. */
import { createContext } from 'react';

/** 'off': an ordinary page. 'stacked': one of several figures, at its usual height. 'fill': the only one, as tall as the frame allows. */
export const EmbeddedContext = createContext<'off' | 'stacked' | 'fill'>('off');
