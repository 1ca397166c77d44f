// All that a box may be told: docs/words.md. Made from the tables in externals/object/ by
// help-patches/web/make.py, and compared with them by a test.

export const words = {
  "autoregnn": {
    "sources": 1,
    "controls": [
      "autoreg",
      "lr",
      "ridge",
      "teacher"
    ],
    "arguments": [
      "autoreg",
      "size",
      "width",
      "layers",
      "lr",
      "ridge"
    ],
    "settings": [
      {
        "name": "autoreg",
        "line": "0: it speaks from the input's past, 1: its own.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 1.0
      },
      {
        "name": "lr",
        "line": "learning rate. 0: nothing is learned.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 10.0,
        "initial": 0.1
      },
      {
        "name": "ridge",
        "line": "pull of all weights towards 0.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0001
      },
      {
        "name": "teacher",
        "line": "0: it learns from what it speaks from, 1: from the input's past.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "size",
        "line": "how far back it hears.",
        "unit": "samples",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 12.0
      },
      {
        "name": "width",
        "line": "in a layer.",
        "unit": "units",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 8.0
      },
      {
        "name": "layers",
        "line": "hidden layers.",
        "unit": "",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 8.0,
        "initial": 1.0
      },
      {
        "name": "seed",
        "line": "draws its weights at once.",
        "unit": "",
        "kind": "whole",
        "effect": "redraws",
        "low": 0.0,
        "high": 9007199254740992.0,
        "initial": 1.0
      },
      {
        "name": "scale",
        "line": "size of the weights that are drawn next.",
        "unit": "",
        "kind": "real",
        "effect": "at reset",
        "low": 0.0,
        "high": 100.0,
        "initial": 1.0
      },
      {
        "name": "learn",
        "line": "0: as if lr were 0, 1: go on.",
        "unit": "",
        "kind": "whole",
        "effect": "at once",
        "low": 0.0,
        "high": 1.0,
        "initial": 1.0
      },
      {
        "name": "fade",
        "line": "from one network to the next. 0: a cut.",
        "unit": "ms",
        "kind": "real",
        "effect": "at once",
        "low": 0.0,
        "high": 10000.0,
        "initial": 10.0
      },
      {
        "name": "fixed",
        "line": "leave the size of the array alone.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "keep",
        "line": "save with the patch what was learnt.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      }
    ],
    "messages": [
      {
        "name": "reset",
        "takes": "",
        "line": "draw new weights from the seed, forget the sound."
      },
      {
        "name": "clear",
        "takes": "",
        "line": "forget the sound, keep the weights."
      },
      {
        "name": "weights",
        "takes": "[index, numbers]",
        "line": "tell all weights, or set some, from an index on."
      },
      {
        "name": "table",
        "takes": "[name]",
        "line": "show the weights in this array, and take in what is drawn there. Without a name: let go of it."
      },
      {
        "name": "store",
        "takes": "name",
        "line": "keep what was learnt, as a snapshot of this name."
      },
      {
        "name": "recall",
        "takes": "name [ms]",
        "line": "let the weights glide to a snapshot; without ms as long as fade."
      },
      {
        "name": "morph",
        "takes": "a b x [ms]",
        "line": "let them glide to what lies between two, x from 0 (a) to 1 (b)."
      },
      {
        "name": "snapshots",
        "takes": "",
        "line": "tell the names of all snapshots."
      },
      {
        "name": "forget",
        "takes": "name",
        "line": "forget a snapshot."
      },
      {
        "name": "write",
        "takes": "file",
        "line": "save everything in a state file."
      },
      {
        "name": "read",
        "takes": "file [weights]",
        "line": "go on from a state file, or take over its weights alone."
      },
      {
        "name": "get",
        "takes": "name",
        "line": "tell one setting."
      },
      {
        "name": "dump",
        "takes": "",
        "line": "tell all settings, as messages that can be sent back."
      },
      {
        "name": "report",
        "takes": "",
        "line": "tell everything."
      }
    ]
  },
  "autoregnn2": {
    "sources": 2,
    "controls": [
      "mix",
      "lr",
      "ridge"
    ],
    "arguments": [
      "mix",
      "size",
      "width",
      "lr",
      "ridge"
    ],
    "settings": [
      {
        "name": "mix",
        "line": "0: the first network speaks, 1: the second.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.5
      },
      {
        "name": "lr",
        "line": "learning rate. 0: nothing is learned.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 10.0,
        "initial": 0.5
      },
      {
        "name": "ridge",
        "line": "pull of all weights towards 0.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.001
      },
      {
        "name": "autoreg",
        "line": "0: it speaks from the inputs' past, 1: its own.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 1.0
      },
      {
        "name": "teacher",
        "line": "0: it learns from what it speaks from, 1: from the inputs' past.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "size",
        "line": "how far back it hears.",
        "unit": "samples",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 12.0
      },
      {
        "name": "width",
        "line": "in a layer.",
        "unit": "units",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 8.0
      },
      {
        "name": "layers",
        "line": "hidden layers.",
        "unit": "",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 8.0,
        "initial": 1.0
      },
      {
        "name": "seed",
        "line": "draws its weights at once.",
        "unit": "",
        "kind": "whole",
        "effect": "redraws",
        "low": 0.0,
        "high": 9007199254740992.0,
        "initial": 1.0
      },
      {
        "name": "scale",
        "line": "size of the weights that are drawn next.",
        "unit": "",
        "kind": "real",
        "effect": "at reset",
        "low": 0.0,
        "high": 100.0,
        "initial": 1.0
      },
      {
        "name": "learn",
        "line": "0: as if lr were 0, 1: go on.",
        "unit": "",
        "kind": "whole",
        "effect": "at once",
        "low": 0.0,
        "high": 1.0,
        "initial": 1.0
      },
      {
        "name": "fade",
        "line": "from one network to the next. 0: a cut.",
        "unit": "ms",
        "kind": "real",
        "effect": "at once",
        "low": 0.0,
        "high": 10000.0,
        "initial": 10.0
      },
      {
        "name": "fixed",
        "line": "leave the size of the array alone.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "keep",
        "line": "save with the patch what was learnt.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      }
    ],
    "messages": [
      {
        "name": "reset",
        "takes": "",
        "line": "draw new weights from the seed, forget the sound."
      },
      {
        "name": "clear",
        "takes": "",
        "line": "forget the sound, keep the weights."
      },
      {
        "name": "weights",
        "takes": "[index, numbers]",
        "line": "tell all weights, or set some, from an index on."
      },
      {
        "name": "table",
        "takes": "[name]",
        "line": "show the weights in this array, and take in what is drawn there. Without a name: let go of it."
      },
      {
        "name": "store",
        "takes": "name",
        "line": "keep what was learnt, as a snapshot of this name."
      },
      {
        "name": "recall",
        "takes": "name [ms]",
        "line": "let the weights glide to a snapshot; without ms as long as fade."
      },
      {
        "name": "morph",
        "takes": "a b x [ms]",
        "line": "let them glide to what lies between two, x from 0 (a) to 1 (b)."
      },
      {
        "name": "snapshots",
        "takes": "",
        "line": "tell the names of all snapshots."
      },
      {
        "name": "forget",
        "takes": "name",
        "line": "forget a snapshot."
      },
      {
        "name": "write",
        "takes": "file",
        "line": "save everything in a state file."
      },
      {
        "name": "read",
        "takes": "file [weights]",
        "line": "go on from a state file, or take over its weights alone."
      },
      {
        "name": "get",
        "takes": "name",
        "line": "tell one setting."
      },
      {
        "name": "dump",
        "takes": "",
        "line": "tell all settings, as messages that can be sent back."
      },
      {
        "name": "report",
        "takes": "",
        "line": "tell everything."
      }
    ]
  },
  "unlearn": {
    "sources": 1,
    "controls": [
      "lambda",
      "mu",
      "nu",
      "strength",
      "radius",
      "friction",
      "centre",
      "pivot"
    ],
    "arguments": [
      "neurons",
      "inputs",
      "maxdelay"
    ],
    "settings": [
      {
        "name": "lambda",
        "line": "learning rate. 0: nothing is learned.",
        "unit": "1/s",
        "kind": "real",
        "effect": "moves",
        "low": -20000.0,
        "high": 20000.0,
        "initial": 10.0
      },
      {
        "name": "mu",
        "line": "weight of the neuron's own energy.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": -1000000.0,
        "high": 1000000.0,
        "initial": 235.0
      },
      {
        "name": "nu",
        "line": "weight of the energy of all.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": -1000000.0,
        "high": 1000000.0,
        "initial": 900.0
      },
      {
        "name": "strength",
        "line": "strength of the limit cycle.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1000000.0,
        "initial": 0.1
      },
      {
        "name": "radius",
        "line": "radius of the limit cycle.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1000.0,
        "initial": 0.02
      },
      {
        "name": "friction",
        "line": "friction of the weights.",
        "unit": "1/s",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1000000.0,
        "initial": 0.5
      },
      {
        "name": "centre",
        "line": "0: the cycle lies around 0, 1: around the trace of the weight.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "pivot",
        "line": "0: the weight turns around 0, 1: around its trace.",
        "unit": "",
        "kind": "real",
        "effect": "moves",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "neurons",
        "line": "neurons.",
        "unit": "",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 16.0
      },
      {
        "name": "inputs",
        "line": "neurons that each hears, at most all.",
        "unit": "",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 1024.0,
        "initial": 3.0
      },
      {
        "name": "maxdelay",
        "line": "how late they may be heard.",
        "unit": "samples",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 1.0,
        "high": 480000.0,
        "initial": 2400.0
      },
      {
        "name": "external",
        "line": "external inputs.",
        "unit": "",
        "kind": "whole",
        "effect": "rebuilds",
        "low": 0.0,
        "high": 1024.0,
        "initial": 1.0
      },
      {
        "name": "activation",
        "line": "function of a neuron.",
        "unit": "",
        "kind": "choice",
        "effect": "changes",
        "low": 0.0,
        "high": 4.0,
        "initial": 0.0,
        "choices": [
          "tanh",
          "cosine",
          "cosine-rad",
          "dip",
          "dip-rad"
        ]
      },
      {
        "name": "energy",
        "line": "function of its energy.",
        "unit": "",
        "kind": "choice",
        "effect": "changes",
        "low": 0.0,
        "high": 4.0,
        "initial": 0.0,
        "choices": [
          "tanh",
          "cosine",
          "cosine-rad",
          "dip",
          "dip-rad"
        ]
      },
      {
        "name": "integrator",
        "line": "how weights move.",
        "unit": "",
        "kind": "choice",
        "effect": "changes",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0,
        "choices": [
          "symplectic",
          "euler"
        ]
      },
      {
        "name": "seed",
        "line": "draws its weights at once.",
        "unit": "",
        "kind": "whole",
        "effect": "redraws",
        "low": 0.0,
        "high": 9007199254740992.0,
        "initial": 1.0
      },
      {
        "name": "scale",
        "line": "size of the weights that are drawn next.",
        "unit": "",
        "kind": "real",
        "effect": "at reset",
        "low": 0.0,
        "high": 100.0,
        "initial": 2.0
      },
      {
        "name": "excite",
        "line": "size of the first push, and of a bang.",
        "unit": "",
        "kind": "real",
        "effect": "at reset",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.1
      },
      {
        "name": "learn",
        "line": "0: as if lambda were 0, 1: go on.",
        "unit": "",
        "kind": "whole",
        "effect": "at once",
        "low": 0.0,
        "high": 1.0,
        "initial": 1.0
      },
      {
        "name": "fade",
        "line": "from one network to the next. 0: a cut.",
        "unit": "ms",
        "kind": "real",
        "effect": "at once",
        "low": 0.0,
        "high": 10000.0,
        "initial": 10.0
      },
      {
        "name": "preset",
        "line": "all settings of that example.",
        "unit": "",
        "kind": "choice",
        "effect": "presets",
        "low": 0.0,
        "high": 5.0,
        "initial": 3.0,
        "choices": [
          "resonances",
          "chatter",
          "clicks",
          "wind",
          "blubber",
          "sine-adapt"
        ]
      },
      {
        "name": "outs",
        "line": "signal outlets.",
        "unit": "",
        "kind": "whole",
        "effect": "box only",
        "low": 1.0,
        "high": 1024.0,
        "initial": 2.0
      },
      {
        "name": "mc",
        "line": "one multichannel outlet instead, a channel for each neuron.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "fixed",
        "line": "leave the size of the array alone.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      },
      {
        "name": "keep",
        "line": "save with the patch what was learnt.",
        "unit": "",
        "kind": "switch",
        "effect": "box only",
        "low": 0.0,
        "high": 1.0,
        "initial": 0.0
      }
    ],
    "messages": [
      {
        "name": "bang",
        "takes": "",
        "line": "push all neurons."
      },
      {
        "name": "reset",
        "takes": "",
        "line": "draw new weights from the seed, forget the sound."
      },
      {
        "name": "clear",
        "takes": "",
        "line": "forget the sound, keep the weights."
      },
      {
        "name": "weights",
        "takes": "[index, numbers]",
        "line": "tell all weights, or set some, from an index on."
      },
      {
        "name": "table",
        "takes": "[name]",
        "line": "show the weights in this array, and take in what is drawn there. Without a name: let go of it."
      },
      {
        "name": "store",
        "takes": "name",
        "line": "keep what was learnt, as a snapshot of this name."
      },
      {
        "name": "recall",
        "takes": "name [ms]",
        "line": "let the weights glide to a snapshot; without ms as long as fade."
      },
      {
        "name": "morph",
        "takes": "a b x [ms]",
        "line": "let them glide to what lies between two, x from 0 (a) to 1 (b)."
      },
      {
        "name": "snapshots",
        "takes": "",
        "line": "tell the names of all snapshots."
      },
      {
        "name": "forget",
        "takes": "name",
        "line": "forget a snapshot."
      },
      {
        "name": "write",
        "takes": "file",
        "line": "save everything in a state file."
      },
      {
        "name": "read",
        "takes": "file [weights]",
        "line": "go on from a state file, or take over its weights alone."
      },
      {
        "name": "get",
        "takes": "name",
        "line": "tell one setting."
      },
      {
        "name": "dump",
        "takes": "",
        "line": "tell all settings, as messages that can be sent back."
      },
      {
        "name": "report",
        "takes": "",
        "line": "tell everything."
      }
    ]
  }
};
