/** The float64 reference device with the operations of pretraining, used to verify the fast device. */
import type { ReferenceLinear } from '../../../src/engine/devices/reference/linear.ts';
import { createReferenceDevice, type ReferenceDevice } from '../../../src/engine/devices/reference/reference-device.ts';
import { expectShape, type ReferenceTensor } from '../../../src/engine/devices/reference/tensor.ts';
import type { TrainableDevice, WeightOperations } from '../../../scripts/pretrain/all-weights/trainable-device.ts';

interface ReferenceView extends ReferenceLinear {
  readonly read: () => Pick<ReferenceLinear, 'weight' | 'bias'>;
}

const weightOperations: WeightOperations<ReferenceTensor, ReferenceView> = {
  linearView(params, weightOffset, biasOffset, inFeatures, outFeatures) {
    const read = () => ({
      weight: params.data.slice(weightOffset, weightOffset + inFeatures * outFeatures),
      bias: biasOffset < 0 ? null : params.data.slice(biasOffset, biasOffset + outFeatures),
    });
    return { inFeatures, outFeatures, columns: null, ...read(), read };
  },

  refreshLinear(view) {
    Object.assign(view, view.read());
  },

  linearWeightGradient(dy, x, into) {
    const gradients = into.gradients.data;
    expectShape(x, dy.rows, x.cols, 'linearWeightGradient x');
    for (let row = 0; row < dy.rows; row++)
      for (let o = 0; o < dy.cols; o++) {
        const d = dy.data[row * dy.cols + o];
        if (into.biasOffset >= 0) gradients[into.biasOffset + o] += d;
        for (let i = 0; i < x.cols; i++) gradients[into.weightOffset + o * x.cols + i] += d * x.data[row * x.cols + i];
      }
  },

  layerNormWeightGradient(dy, x, stats, { gradients, weightOffset, biasOffset }) {
    const { rows, cols } = x;
    expectShape(dy, rows, cols, 'layerNormWeightGradient dy');
    expectShape(stats, rows, 2, 'layerNormWeightGradient stats');
    for (let row = 0; row < rows; row++)
      for (let i = 0; i < cols; i++) {
        const d = dy.data[row * cols + i];
        const normal = (x.data[row * cols + i] - stats.data[2 * row]) * stats.data[2 * row + 1];
        gradients.data[weightOffset + i] += d * normal;
        if (biasOffset >= 0) gradients.data[biasOffset + i] += d;
      }
  },

  sumRowsInto(dy, period, gradients, offset) {
    dy.data.forEach((value, i) => (gradients.data[offset + (i % (period * dy.cols))] += value));
  },

  scatterRowsInto(dy, index, gradients, offset) {
    expectShape(dy, index.length, dy.cols, 'scatterRowsInto dy');
    for (let row = 0; row < dy.rows; row++)
      for (let c = 0; c < dy.cols; c++) gradients.data[offset + index[row] * dy.cols + c] += dy.data[row * dy.cols + c];
  },
};

export const createTrainableReference = (): ReferenceDevice & TrainableDevice<ReferenceTensor> => ({
  ...createReferenceDevice(),
  ...weightOperations,
});
