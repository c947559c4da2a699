"""What bench/run is made of: the programs, the engines, the rounds, and how their figures are shown."""
