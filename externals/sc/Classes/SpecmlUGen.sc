// What all networks have in common. Inputs stand in the order of the one table of words
// (externals/object/), then come signals: the server's plugin counts on it.
SpecmlUGen : MultiOutUGen {
	init { |count ... theInputs|
		inputs = theInputs;
		^this.initOutputs(count, rate)
	}

	// State files, on a server that plays. The synth's SynthDef must have been added; which: of
	// several such networks in it.
	*write { |synth, path, which = 0|
		this.prTell(synth, which, \write, path.absolutePath)
	}

	*read { |synth, path, which = 0|
		this.prTell(synth, which, \read, path.absolutePath)
	}

	*readWeights { |synth, path, which = 0|
		this.prTell(synth, which, \read, path.absolutePath, \weights)
	}

	// All weights into a buffer.
	*weights { |synth, buffer, which = 0|
		this.prTell(synth, which, \weights, buffer.asControlInput)
	}

	// The index by which /u_cmd knows it.
	*indexIn { |defName, which = 0|
		var desc = SynthDescLib.global.at(defName.asSymbol);
		var found;
		if(desc.isNil or: { desc.def.isNil }) {
			Error("%: SynthDef % is not known; add it: SynthDef(...).add".format(this.name, defName)).throw
		};
		found = desc.def.children.select { |ugen| ugen.class === this };
		if(found[which].isNil) {
			Error("%: SynthDef % has % of them, no number %".format(this.name, defName, found.size, which)).throw
		};
		^found[which].synthIndex
	}

	*prTell { |synth, which ... words|
		synth.server.sendMsg('/u_cmd', synth.nodeID, this.indexIn(synth.defName, which), *words)
	}

	// A choice as the server knows it: by its place.
	*prPlace { |what, choices, value|
		if(value.isArray and: { value.isString.not }) {
			^value.collect { |each| this.prPlace(what, choices, each) }
		};
		if(value.isString.not and: { value.isKindOf(Symbol).not }) { ^value };
		^choices.indexOf(value.asSymbol) ?? {
			Error("%: % must be one of %, not %".format(this.name, what, choices.join(", "), value)).throw
		}
	}
}
