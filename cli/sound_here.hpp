#pragma once
// In a build with planted faults: this process without them, while engines in others have them.

namespace touchstone::cli {

/// While it lives, faults that are on are off here. Processes that were forked before keep theirs,
/// so that what makes and checks cases is sound and what is observed is not.
class SoundHere
{
public:
    SoundHere();
    ~SoundHere();
    SoundHere(SoundHere const&) = delete;
    SoundHere& operator=(SoundHere const&) = delete;
};

} // namespace touchstone::cli
