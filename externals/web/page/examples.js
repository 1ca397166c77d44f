// What the examples of the source are: reference/specml/examples/. Made from them by
// help-patches/web/make.py, and compared with them by a test.

export const examples = [
  {
    "name": "sine",
    "model": "autoregnn",
    "about": "a 200 Hz sine is learned within a few periods",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 8,
      "layers": 1,
      "scale": 1.0,
      "autoreg": 1.0,
      "lr": 0.1,
      "ridge": 0.0001
    }
  },
  {
    "name": "fm",
    "model": "autoregnn",
    "about": "a sine of 220..600 Hz, modulated at 80 Hz, is followed",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 8,
      "layers": 1,
      "scale": 1.0,
      "autoreg": 1.0,
      "lr": 0.6,
      "ridge": 0.01
    }
  },
  {
    "name": "saw",
    "model": "autoregnn",
    "about": "a 180 Hz sawtooth drives its own learning rate",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 10,
      "layers": 1,
      "scale": 1.0,
      "autoreg": 1.0,
      "lr": "in, mapped from -1..1 to 0.01..1",
      "ridge": 1e-05
    }
  },
  {
    "name": "interpolate",
    "model": "autoregnn2",
    "about": "half a sine, half a pulse: a network between two networks",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 8,
      "layers": 1,
      "scale": 1.0,
      "mix": 0.5,
      "lr": 0.5,
      "ridge": 0.001
    }
  },
  {
    "name": "multislider",
    "model": "autoregnn",
    "about": "weights are drawn by hand while they learn four sines",
    "seed": 1,
    "settings": {
      "size": 8,
      "width": 8,
      "layers": 1,
      "autoreg": 1.0,
      "lr": "0..0.5, drawn",
      "ridge": "1e-6..1e-2, drawn",
      "weights": "U(-1, 1), drawn"
    }
  },
  {
    "name": "feedback",
    "model": "autoregnn",
    "about": "three networks in a ring go on after the noise has faded",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 10,
      "layers": 1,
      "scale": 1.0,
      "autoreg": 1.0,
      "teacher": 0.0,
      "lr": [
        0.8,
        0.9,
        0.8
      ],
      "ridge": 1e-05,
      "networks": 3,
      "block": 64
    }
  },
  {
    "name": "percussion",
    "model": "autoregnn",
    "about": "drums set the ring of three networks off",
    "seed": 1,
    "settings": {
      "size": 12,
      "width": 10,
      "layers": 1,
      "scale": 1.0,
      "autoreg": 1.0,
      "teacher": 0.0,
      "lr": [
        0.8,
        0.9,
        0.8
      ],
      "ridge": 1e-05,
      "networks": 3,
      "block": 64
    }
  },
  {
    "name": "resonances",
    "model": "unlearn",
    "about": "resonant frequencies that change slowly or suddenly",
    "seed": 1,
    "settings": {
      "preset": "resonances"
    }
  },
  {
    "name": "chatter",
    "model": "unlearn",
    "about": "noise that turns into metal, and into one sound",
    "seed": 1,
    "settings": {
      "preset": "chatter"
    }
  },
  {
    "name": "clicks",
    "model": "unlearn",
    "about": "clicks over the whole network, pauses, fast repetitions",
    "seed": 1,
    "settings": {
      "preset": "clicks"
    }
  },
  {
    "name": "wind",
    "model": "unlearn",
    "about": "a microphone held into a storm of wind and rain",
    "seed": 1,
    "settings": {
      "preset": "wind"
    }
  },
  {
    "name": "blubber",
    "model": "unlearn",
    "about": "noise with bubbles, more and more of them, until they die out",
    "seed": 1,
    "settings": {
      "preset": "blubber"
    }
  },
  {
    "name": "sine-adapt",
    "model": "unlearn",
    "about": "a 100 Hz sine until 1:19; then what it left behind",
    "seed": 3,
    "settings": {
      "preset": "sine-adapt"
    }
  }
];
