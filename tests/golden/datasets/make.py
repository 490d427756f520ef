"""Writes the NumPy files beside it, which tests read in Node and in browsers: python3 make.py (NumPy 2)."""

import numpy as np

random = np.random.default_rng(1)
images = random.integers(0, 256, (16, 6, 5, 3), dtype=np.uint8)
labels = (np.arange(16) % 4).reshape(16, 1)
np.save("x_train.npy", images)
np.save("y_train.npy", np.array(["chat", "chien né"])[np.arange(16) % 2])
arrays = dict(
    train_images=images, train_labels=labels, test_images=random.integers(0, 256, (8, 6, 5, 3), dtype=np.uint8), test_labels=labels[:8]
)
np.savez("stored.npz", **arrays)
np.savez_compressed("packed.npz", **arrays)
