"""Everything one sees and hears in the demo paper, drawn and played by code.

`python -m tools.pictures` makes all of it again: the pictures, the sound piece, the video and the two lists
`pictures.json` and `media.json` in the demo bundle. `python -m tools.pictures 201 214` makes only those
pictures, `--preview` draws them small into /tmp, `--records` writes the lists alone, `--media` the sound and
the video alone.

Needs numpy, numba, Pillow and skia-python, and the programs ffmpeg and exiftool. Nothing of it ships.
"""
