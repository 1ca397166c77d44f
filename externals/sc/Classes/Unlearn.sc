// UnlearnPresets.sc has a method for each example of the source.
Unlearn : SpecmlUGen {
	classvar <functions = #['tanh', 'cosine', 'cosine-rad', 'dip', 'dip-rad'];
	classvar <integrators = #['symplectic', 'euler'];

	// in: a signal, or an array of signals, all of which one network hears
	*ar { |in = 0.0, lambda = 10, mu = 235, nu = 900, strength = 0.1, radius = 0.02,
		friction = 0.5, centre = 0.0, pivot = 0.0, outs = 2, bang = 0.0, seed = 1, neurons = 16,
		inputs = 3, maxdelay = 2400, activation = 'cosine-rad', energy = 'dip-rad',
		integrator = 'symplectic', scale = 2.0, excite = 0.1, learn = 1, mul = 1.0, add = 0.0|
		var signals = in.asArray;
		^this.multiNewList(['audio', outs, lambda, mu, nu, strength, radius, friction, centre,
			pivot, neurons, inputs, maxdelay, signals.size,
			this.prPlace("activation", functions, activation),
			this.prPlace("energy", functions, energy),
			this.prPlace("integrator", integrators, integrator),
			seed, scale, excite, learn, bang] ++ signals).madd(mul, add)
	}
}
