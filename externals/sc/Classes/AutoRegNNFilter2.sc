AutoRegNNFilter2 : SpecmlUGen {
	*ar { |in1 = 0.0, in2 = 0.0, mix = 0.5, size = 12, width = 8, lr = 0.5, ridge = 0.001,
		autoreg = 1.0, teacher = 0.0, layers = 1, seed = 1, scale = 1.0, learn = 1, mul = 1.0,
		add = 0.0|
		^this.multiNewList(['audio', 1, mix, lr, ridge, autoreg, teacher, size, width, layers,
			seed, scale, learn, in1, in2]).madd(mul, add)
	}

	// [prediction, error of the first, error of the second]
	*arError { |in1 = 0.0, in2 = 0.0, mix = 0.5, size = 12, width = 8, lr = 0.5, ridge = 0.001,
		autoreg = 1.0, teacher = 0.0, layers = 1, seed = 1, scale = 1.0, learn = 1|
		^this.multiNewList(['audio', 3, mix, lr, ridge, autoreg, teacher, size, width, layers,
			seed, scale, learn, in1, in2])
	}
}
