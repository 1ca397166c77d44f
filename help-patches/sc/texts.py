"""What the help says that is in no table."""

SOURCE = (
    "Source: L. Döbereiner and D. Pirrò, emphasis::Speculative Machine Learning in Sound "
    "Synthesis::, SMC 2024."
)
SUMMARY = {
    "AutoRegNNFilter": "predicts what it hears, and learns from every miss",
    "AutoRegNNFilterBuffer": "the same, with its weights in a buffer: to see and to draw",
    "AutoRegNNFilter2": "two networks learn, and one between them speaks",
    "Unlearn": "neurons whose weights circle and never settle",
}
DESCRIPTION = {
    "AutoRegNNFilter": (
        "A network guesses the next sample from the samples before, sees how far it missed, and "
        "corrects itself: one step of learning for every sample, while it sounds."
    ),
    "AutoRegNNFilterBuffer": (
        "link::Classes/AutoRegNNFilter:: whose weights stand in a buffer. Every 64 samples it "
        "takes in what has been changed there since, and then writes all weights anew. A buffer "
        "that is 0 is no drawing: it gets the first weights of the network. The network keeps "
        "64 bits of each weight, so a buffer that nobody touches changes nothing of the sound. "
        "A buffer is for one network: of an array of inputs each needs its own."
    ),
    "AutoRegNNFilter2": (
        "Two networks of one shape, each learning its own input. What speaks is the network "
        "whose weights lie between theirs."
    ),
    "Unlearn": (
        "Each weight of a network of delayed neurons is the position of its own small oscillator: "
        "to learn is to adapt, to adapt is to forget. Told nothing, it is the example code::wind::."
    ),
}
ARGUMENTS = {
    "in": "What it learns to predict. At any rate.",
    "in1": "What the first network learns. At any rate.",
    "in2": "What the second network learns. At any rate.",
    ("Unlearn", "in"): (
        "External inputs: a signal, or an array of signals that one network hears, the j-th in "
        "neuron j. An empty array: there are none. Arrays in it are expanded."
    ),
    "bufnum": "A buffer of one channel, at least link::#*bufferSize:: frames long.",
    "outs": "Outputs: the j-th is the mean of every outs-th neuron from the j-th on.",
    "bang": "A trigger that pushes all neurons. At any rate.",
    "mul": "What comes out is multiplied by it.",
    "add": "What comes out is added to it.",
}
ERROR = (
    "The same, and its errors: the guess before learning, minus the input. Returns an array: "
    "prediction, then errors. Its arguments are those of link::#*ar::, without mul and add."
)
IN_FULL = ("ar", "bufferSize")
METHODS = {
    "AutoRegNNFilter": {"ar": "", "arError": ERROR},
    "AutoRegNNFilterBuffer": {
        "ar": "", "bufferSize": "How many weights there are: the least length of its buffer.",
    },
    "AutoRegNNFilter2": {"ar": "", "arError": ERROR},
    "Unlearn": {
        "ar": "",
        "resonances": "Falls into resonant frequencies, which change slowly or suddenly.",
        "chatter": (
            "Noisy patterns, in which voice-like sounds come and go. In the source code::strength:: "
            "changes from 160 to 18 in 45 seconds."
        ),
        "clicks": "Clicks all over the network, sudden pauses, isolated fast repetitions.",
        "wind": "A rainy and windy storm in a microphone.",
        "blubber": "Noise with bubbles that get more and more prominent, and then slowly die.",
        "sineAdapt": (
            "Adapts to a sine of 100 Hz in code::in::. In the source sine and code::lambda:: go to "
            "0 at 1:19; then a resonance like the sine spreads over the whole network."
        ),
    },
}  # fmt: skip
EXAMPLES = {
    "AutoRegNNFilter": (
        "// its error, to the right\n{ AutoRegNNFilter.arError(SinOsc.ar(200)) * 0.3 }.play\n",
        "// as the mouse: how fast it learns\n"
        "{ AutoRegNNFilter.ar(Saw.ar(110), lr: MouseX.kr(0, 1), mul: 0.3).dup }.play\n",
        "// learnt, kept, and gone back to\n"
        "(\n~def = SynthDef(\\learner, {\n"
        "\tOut.ar(0, AutoRegNNFilter.ar(SinOsc.ar(MouseX.kr(100, 800, 1)), mul: 0.3).dup)\n"
        "}).add;\n)\n~synth = Synth(\\learner);\n"
        'AutoRegNNFilter.write(~synth, "~/learner.safetensors");\n'
        'AutoRegNNFilter.read(~synth, "~/learner.safetensors");\n',
    ),
    "Unlearn": (
        "{ Unlearn.ar * 0.3 }.play\n",
        "{ Unlearn.clicks * 0.3 }.play\n",
        "{ Unlearn.resonances(outs: 2, seed: 3) * 0.3 }.play\n",
        "{ Unlearn.chatter(strength: Line.kr(160, 18, 45)) * 0.3 }.play\n",
        "(\n{\n\tvar on = Line.kr(1, 0, 79) > 0;\n"
        "\tUnlearn.sineAdapt(SinOsc.ar(100) * on, lambda: on) * 0.3\n}.play\n)\n",
        "// all 16 neurons, side by side\n"
        "{ Splay.ar(Unlearn.wind(outs: 16)) }.play\n",
        "// two inputs, a push now and then\n"
        "{ Unlearn.ar([SinOsc.ar(100), SoundIn.ar], bang: Dust.kr(1)) * 0.3 }.play\n",
    ),
}  # fmt: skip
COMMON = f"""class:: SpecmlUGen
summary:: what all networks have in common
categories:: Libraries>specml
related:: Guides/specml, Classes/AutoRegNNFilter, Classes/Unlearn

description::
State files and weights of networks that play. They are asked for by the class of the network, say
code::AutoRegNNFilter.write(synth, path)::, of a synth whose SynthDef has been added.

When a command has been carried out, the server answers code::/specml:: with the synth, the index of
the UGen, and 1, or 0 if it was refused; what was wrong stands in the server's window.

{SOURCE}

classmethods::

method:: write
Save all of the network in a state file, which Pure Data, Max and Python read.
argument:: synth
argument:: path
argument:: which
Of several such networks in the synth, from 0 on.

method:: read
Go on from a state file: its weights, and what was heard and said. Its shape must be the same;
controls stay as the synth's inputs say. There is no fade.
argument:: synth
argument:: path
argument:: which

method:: readWeights
Take over the weights of a state file alone.
argument:: synth
argument:: path
argument:: which

method:: weights
Write all weights into a buffer.
argument:: synth
argument:: buffer
argument:: which

method:: indexIn
The index by which code::/u_cmd:: knows the network.
argument:: defName
argument:: which
"""
GUIDE = f"""title:: specml
summary:: networks that learn while they sound
categories:: Libraries>specml
related:: Classes/AutoRegNNFilter, Classes/AutoRegNNFilterBuffer, Classes/AutoRegNNFilter2, Classes/Unlearn, Classes/SpecmlUGen

description::
table::
## link::Classes/AutoRegNNFilter:: || predicts what it hears, and learns from every miss
## link::Classes/AutoRegNNFilterBuffer:: || the same, with its weights in a buffer
## link::Classes/AutoRegNNFilter2:: || two learn, and one between them speaks
## link::Classes/Unlearn:: || neurons whose weights circle and never settle
::

section:: What moves
Everything but the structure: how many neurons, units, layers and delays there are is fixed once the
synth is made. Controls are heard at audio, control or scalar rate. A control that is out of range is
the nearest that is allowed. Whatever else is not allowed is as if it had not been told; when the
synth is made, the server says so.

section:: Memory
It is the server's real-time memory. Where it is short, the network is silent and the server says so:
code::
s.options.memSize = 65536; // kB
s.reboot;
::

section:: The same bits
A network says the bits of the Python package and of the objects for Pure Data and Max, rounded to 32
bits, in scsynth and supernova and at every block size. Settings have 32 bits too.

{SOURCE}
"""
