"""State files of several channels, which in Python nobody writes; Pure Data and Max do."""

from pathlib import Path

from specml import container

KEPT = ("snapshot", "glide.")


def save(path: Path, *nets) -> None:
    """One file of several networks of a kind, with the settings and snapshots of the first.

    A network that has not all of its snapshots leaves them to the first.
    """
    own, kept, metadata = {}, {}, {}
    for k, net in enumerate(nets):
        net.save(path)
        said, tensors = container.read(path)
        metadata = metadata or said | {"channels": str(len(nets))}
        prefix = f"channel{k + 1}." if k else ""
        for name, part in tensors.items():
            first, _, rest = name.partition(".")
            if name.startswith(KEPT):
                kept.setdefault(first, {})[f"{first}.{prefix}{rest}"] = part
            else:
                own[prefix + name] = part
    for parts in kept.values():
        own |= parts
    container.write(path, metadata, own)
