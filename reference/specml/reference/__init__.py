"""The reference: the models in NumPy, file by file as in ``externals/core``, with the same bits.

What only makes the core fast (vectors, instruction sets, reading ahead) has no file here;
``arrays.py`` and ``interrupts.py`` are Python's alone.
"""
