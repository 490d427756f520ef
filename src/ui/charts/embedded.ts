/** In an embedded frame, a figure shows only its chart, legend and reading. */
import { createContext } from 'react';

/** 'off': an ordinary page. 'stacked': one of several figures, at its usual height. 'fill': the only figure, as tall as the frame. */
export const EmbeddedContext = createContext<'off' | 'stacked' | 'fill'>('off');
