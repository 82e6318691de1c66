import ArgumentParser

print("tandem: not built yet")
