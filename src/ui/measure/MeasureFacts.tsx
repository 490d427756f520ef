import type { GpuAdapterFacts, Measurement } from '../../engine/measure/measurement.ts';
import { Fact } from '../controls/Fact.tsx';
import { Fold } from '../controls/Fold.tsx';
import { bytes, date, integer } from '../format.ts';
import { digits, secondsText } from './amounts.ts';
import css from './measure.module.css';
import { MEASURE } from './messages.ts';

const yesNo = (value: boolean): string => (value ? MEASURE.facts.yes : MEASURE.facts.no);

/** Limits in bytes, by name. */
const IN_BYTES = /(Buffer|Binding|Storage)Size$/;
const limitText = (name: string, value: number): string => (IN_BYTES.test(name) ? bytes(value) : integer(value));

/** Where and when it was measured, as far as the browser tells. */
export function MeasureFacts({ measurement }: { readonly measurement: Measurement }) {
  const { facts } = MEASURE;
  const { place, contenders, release, protocol, took } = measurement;
  return (
    <Fold title={facts.title} quiet>
      <dl className={css.facts}>
        <Fact name={facts.measured}>{date(measurement.date)}</Fact>
        <Fact name={facts.took}>{secondsText(took)}</Fact>
        <Fact name={facts.browser}>{place.browser}</Fact>
        <Fact name={facts.system}>{place.system || facts.notTold}</Fact>
        <Fact name={facts.processor}>{place.processor || facts.notTold}</Fact>
        <Fact name={facts.cores}>{integer(place.cores)}</Fact>
        <Fact name={facts.memory}>{place.memory === null ? facts.notTold : `${digits(place.memory)} GB`}</Fact>
        <Fact name={facts.isolated}>{yesNo(place.isolated)}</Fact>
        <Fact name={facts.release}>
          {release}, {protocol}
        </Fact>
        {contenders
          .filter(({ state }) => state === 'present')
          .map(({ id, text }) => (
            <Fact key={id} name={MEASURE.contenders[id]}>
              {text}
            </Fact>
          ))}
        {place.adapter ? <Adapter adapter={place.adapter} /> : <Fact name={facts.adapter}>{facts.noAdapter}</Fact>}
      </dl>
    </Fold>
  );
}

function Adapter({ adapter }: { readonly adapter: GpuAdapterFacts }) {
  const { facts } = MEASURE;
  const { vendor, architecture, device, description, isFallbackAdapter, features, limits } = adapter;
  return (
    <>
      <Fact name={facts.adapter}>{description || device || facts.notTold}</Fact>
      <Fact name={facts.vendor}>{[vendor, architecture].filter(Boolean).join(', ') || facts.notTold}</Fact>
      <Fact name={facts.fallback}>{yesNo(isFallbackAdapter)}</Fact>
      {features.length > 0 && <Fact name={facts.features}>{features.join(', ')}</Fact>}
      {Object.entries(limits).map(([name, value]) => (
        <Fact key={name} name={name}>
          {limitText(name, value)}
        </Fact>
      ))}
    </>
  );
}
