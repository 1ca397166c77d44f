AutoRegNNFilter : SpecmlUGen {
	*ar { |in = 0.0, autoreg = 1.0, size = 12, width = 8, layers = 1, lr = 0.1, ridge = 0.0001,
		teacher = 0.0, seed = 1, scale = 1.0, learn = 1, mul = 1.0, add = 0.0|
		^this.multiNewList(['audio', 1, autoreg, lr, ridge, teacher, size, width, layers, seed,
			scale, learn, in]).madd(mul, add)
	}

	// [prediction, error]
	*arError { |in = 0.0, autoreg = 1.0, size = 12, width = 8, layers = 1, lr = 0.1,
		ridge = 0.0001, teacher = 0.0, seed = 1, scale = 1.0, learn = 1|
		^this.multiNewList(['audio', 2, autoreg, lr, ridge, teacher, size, width, layers, seed,
			scale, learn, in])
	}
}

AutoRegNNFilterBuffer : SpecmlUGen {
	*ar { |bufnum = 0, in = 0.0, autoreg = 1.0, size = 12, width = 8, lr = 0.1, ridge = 0.0001,
		layers = 1, teacher = 0.0, seed = 1, scale = 1.0, learn = 1, mul = 1.0, add = 0.0|
		^this.multiNewList(['audio', 1, autoreg, lr, ridge, teacher, size, width, layers, seed,
			scale, learn, bufnum, in]).madd(mul, add)
	}

	// How many weights there are, and so how long its buffer must be.
	*bufferSize { |size = 12, width = 8, layers = 1|
		^(width * (size + 1)) + ((layers - 1) * width * (width + 1)) + width + 1
	}
}
