import { useMemo } from 'react';
import { grouped } from '../../../core/number-format.ts';
import type { GpuStep } from '../../../study/result/gpu-step.ts';
import { Fact } from '../../controls/Fact.tsx';
import { bytes, integer, percent } from '../../format.ts';
import { MeasureButton } from '../../measure/MeasureButton.tsx';
import shared from '../../shared.module.css';
import css from './gpu.module.css';
import { rateText, summariseGpuStep, timeText, type KindRow } from './gpu-summary.ts';
import { KernelForms } from './kernels/KernelForms.tsx';
import { GPU_WORDS } from './messages.ts';

export function GpuStepView({ gpuStep }: { gpuStep: GpuStep }) {
  const summary = useMemo(() => summariseGpuStep(gpuStep), [gpuStep]);
  const { statistics, peakGflops, allocatedBytes } = gpuStep;
  const { matmul, matmulShareOfPeak } = summary;
  return (
    <div className={css.view}>
      <dl className={css.facts}>
        <Fact name={GPU_WORDS.time}>
          {summary.milliseconds === null ? GPU_WORDS.noTime : timeText(summary.milliseconds, summary.error)}
        </Fact>
        <Fact name={GPU_WORDS.submissions}>{integer(statistics.submits)}</Fact>
        <Fact name={GPU_WORDS.uploads}>
          {integer(statistics.uploads)}, {bytes(statistics.uploadedBytes)}
        </Fact>
        <Fact name={GPU_WORDS.buffers}>{integer(statistics.buffersCreated)}</Fact>
        <Fact name={GPU_WORDS.memory}>{bytes(allocatedBytes)}</Fact>
        <Fact name={GPU_WORDS.matrixProducts}>
          {!matmul || matmul.gflops === null
            ? GPU_WORDS.peak(peakGflops)
            : GPU_WORDS.reached(rateText(matmul.gflops, matmul.error), percent(matmulShareOfPeak, 0), peakGflops)}
        </Fact>
      </dl>
      <table className={`${shared.table} ${css.kinds}`}>
        <thead>
          <tr>
            <th scope="col">{GPU_WORDS.columns.kernels}</th>
            <th scope="col">{GPU_WORDS.columns.dispatches}</th>
            <th scope="col">{GPU_WORDS.columns.time}</th>
            <th scope="col">{GPU_WORDS.columns.rate}</th>
            <th scope="col">{GPU_WORDS.columns.bytes}</th>
          </tr>
        </thead>
        <tbody>
          {summary.rows.map((row) => (
            <Kind key={row.kind} row={row} />
          ))}
        </tbody>
      </table>
      <p className={css.note}>
        {GPU_WORDS.note}
        {summary.grain > 0 && ` ${GPU_WORDS.coarse(grouped(summary.grain, 2))}`}
      </p>
      <KernelForms />
      <div>
        <MeasureButton />
      </div>
    </div>
  );
}

function Kind({ row }: { row: KindRow }) {
  return (
    <tr>
      <th scope="row">
        {row.kind}
        {row.share !== null && <span className={css.share} style={{ inlineSize: `${100 * row.share}%` }} aria-hidden />}
      </th>
      <td>{integer(row.dispatches)}</td>
      <td>{row.milliseconds === null ? '–' : timeText(row.milliseconds, row.error)}</td>
      <td>{rateText(row.gflops, row.error)}</td>
      <td>{bytes(row.bytes)}</td>
    </tr>
  );
}
