/** The card of a measurement: its headline, the roofline picture, and a code that leads to it. */
import type { Measurement } from '../../engine/measure/measurement.ts';
import { encodeMeasurement } from '../../share/measurement/link.ts';
import { drawSvg } from '../charts/picture/image.tsx';
import { readTheme } from '../charts/theme.ts';
import { drawCard } from '../share/card.ts';
import { qrPath } from '../share/qr-path.ts';
import { shortHeadline } from './amounts.ts';
import { measurementAddress } from './measurement-address.ts';
import { MEASURE } from './messages.ts';
import { rooflinePlot } from './roofline-plot.ts';

/** Pixels, for a chart of 900 across. */
const CHART_HEIGHT = 380;

/** Without the adapter's features and limits, so that a code has room for the link. */
function brief(measurement: Measurement): Measurement {
  const { place } = measurement;
  return {
    ...measurement,
    place: { ...place, adapter: place.adapter && { ...place.adapter, features: [], limits: {} } },
  };
}

/** Names of devices: the adapter, the processor where it is told, the browser. */
export const deviceNames = ({ place, contenders }: Measurement): string[] =>
  [
    place.adapter?.description ?? '',
    place.processor,
    contenders.find(({ id }) => id === 'wasm')?.text ?? '',
    [place.browser, place.system].filter(Boolean).join(', '),
  ].filter(Boolean);

/** In the light theme, as cards of studies: nobody knows where it is posted. */
export async function makeMeasureCard(measurement: Measurement): Promise<Blob> {
  const theme = readTheme('light');
  const build = rooflinePlot(measurement);
  const address = measurementAddress(encodeMeasurement(brief(measurement)));
  return drawCard(
    {
      headline: shortHeadline(measurement),
      facts: MEASURE.share.cardFacts(['CopRA Playground', ...deviceNames(measurement).slice(0, 2)]),
      chart: build && drawSvg({ build, height: CHART_HEIGHT }),
      code: await qrPath(address).catch(() => null),
      invitation: MEASURE.share.scan,
    },
    theme,
  );
}
