"""Images a second of the convolutional network in PyTorch: prepared, encoded, decoded, its bound summed.

Layers, draws and frames are the detector's; weights are drawn. One JSON object per line:
{"side": 64, "batch": 64, "images_per_second": 1234.5}
"""
import json
import sys
import time

import torch
import torch.nn as nn
import torch.nn.functional as F

SECONDS = float(sys.argv[1])
DRAWS = int(sys.argv[2])
CHANNELS = int(sys.argv[3])
SIDES = [int(side) for side in sys.argv[4].split(",")]
BATCHES = [int(batch) for batch in sys.argv[5].split(",")]
LATENT = 64
MODELLED = 32

torch.set_num_threads(1)
torch.manual_seed(1)


def block(planes, wider):
    return nn.Sequential(nn.Conv2d(planes, 4 * wider, 3, padding=1), nn.PixelShuffle(2), nn.ReLU())


encoder = nn.Sequential(
    nn.Conv2d(CHANNELS, 16, 5, 2, 2), nn.ReLU(),
    nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(),
    nn.Conv2d(32, 64, 3, 2, 1), nn.ReLU(),
    nn.Conv2d(64, 96, 3, 2, 1), nn.ReLU(),
    nn.Flatten(), nn.Linear(384, 2 * LATENT))
decoder = nn.Sequential(
    nn.Linear(LATENT, 384), nn.ReLU(), nn.Unflatten(1, (96, 2, 2)),
    block(96, 64), block(64, 32), block(32, 16),
    nn.Conv2d(16, 4 * CHANNELS, 3, padding=1), nn.PixelShuffle(2))
noise = torch.randn(DRAWS, 1, LATENT)


@torch.no_grad()
def score(frames):
    side = frames.shape[-1]
    x = F.adaptive_avg_pool2d(frames, min(side, 64))
    x = (x - x.mean((1, 2, 3), keepdim=True)) / x.std((1, 2, 3), keepdim=True).clamp(min=4)
    if side < MODELLED:
        x = F.pad(x, (0, MODELLED - side, 0, MODELLED - side), mode="replicate")
    x = F.adaptive_avg_pool2d(x, MODELLED)
    mean, log_variance = encoder(x).chunk(2, 1)
    z = mean + (0.5 * log_variance).exp() * noise
    decoded = decoder(z.reshape(-1, LATENT)).reshape(DRAWS, *x.shape)
    loss = 0.5 * ((x - decoded) ** 2).mean(0).sum((1, 2, 3))
    kl = 0.5 * (mean ** 2 + log_variance.exp() - log_variance - 1).sum(1)
    return (loss + kl).tolist()


for side in SIDES:
    for batch in BATCHES:
        frames = 255 * torch.rand(batch, CHANNELS, side, side)
        warm = time.perf_counter()
        while time.perf_counter() - warm < SECONDS / 2:
            score(frames)
        start = time.perf_counter()
        calls = 0
        while time.perf_counter() - start < SECONDS:
            score(frames)
            calls += 1
        rate = calls * batch / (time.perf_counter() - start)
        print(json.dumps({"side": side, "batch": batch, "images_per_second": rate}), flush=True)
