// Made from the core's presets by help-patches/sc/make.py.
+ Unlearn {
	*resonances { |in = 0.0, lambda = 60, mu = 0.4, nu = 0.4, strength = 0.1, radius = 0.01,
		friction = 0, centre = 0, pivot = 0, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0,
		add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 16, maxdelay: 2400, activation: 'tanh', energy: 'tanh', integrator: 'euler',
			scale: 1, excite: 0.1, learn: learn, mul: mul, add: add)
	}

	*chatter { |in = 0.0, lambda = 0.4, mu = 0.4, nu = 0.4, strength = 160, radius = 0.01,
		friction = 0, centre = 0.98, pivot = 0, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0,
		add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 16, maxdelay: 2400, activation: 'tanh', energy: 'tanh',
			integrator: 'symplectic', scale: 1.3, excite: 0.1, learn: learn, mul: mul, add: add)
	}

	*clicks { |in = 0.0, lambda = 10, mu = 0.1, nu = 10, strength = 0.1, radius = 0.02, friction = 0.5,
		centre = 0, pivot = 0, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0, add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 4, maxdelay: 2400, activation: 'cosine', energy: 'dip',
			integrator: 'symplectic', scale: 2, excite: 0.1, learn: learn, mul: mul, add: add)
	}

	*wind { |in = 0.0, lambda = 10, mu = 235, nu = 900, strength = 0.1, radius = 0.02, friction = 0.5,
		centre = 0, pivot = 0, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0, add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 3, maxdelay: 2400, activation: 'cosine-rad', energy: 'dip-rad',
			integrator: 'symplectic', scale: 2, excite: 0.1, learn: learn, mul: mul, add: add)
	}

	*blubber { |in = 0.0, lambda = 28, mu = 0.02, nu = 900, strength = 0.1, radius = 0.2,
		friction = 6.8, centre = 1, pivot = 1, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0,
		add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 3, maxdelay: 2400, activation: 'cosine-rad', energy: 'dip-rad',
			integrator: 'symplectic', scale: 3.5, excite: 0.1, learn: learn, mul: mul, add: add)
	}

	*sineAdapt { |in = 0.0, lambda = 1, mu = 100, nu = 980, strength = 6.5, radius = 0.6,
		friction = 0.1, centre = 0.85, pivot = 0, outs = 2, bang = 0.0, seed = 1, learn = 1, mul = 1.0,
		add = 0.0|
		^this.ar(in, lambda, mu, nu, strength, radius, friction, centre, pivot, outs, bang, seed,
			neurons: 16, inputs: 3, maxdelay: 4800, activation: 'tanh', energy: 'tanh',
			integrator: 'symplectic', scale: 2, excite: 0.1, learn: learn, mul: mul, add: add)
	}
}
