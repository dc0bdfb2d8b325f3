/// What `--version` prints.
public let kelvinVersion = "Kelvin 0.1.0"
