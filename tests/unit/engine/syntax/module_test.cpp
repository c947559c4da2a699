#include "engine/syntax/module.hpp"

#include <gtest/gtest.h>

namespace touchstone {
namespace {

TEST(Instr, KeepsItsBlockType)
{
    for (auto const bt : {BlockType{}, BlockType{BlockType::Kind::Value, i32},
             BlockType{BlockType::Kind::Value, externref},
             BlockType{BlockType::Kind::Value, ValType::ref(false, HeapType::type(12'345))},
             BlockType{BlockType::Kind::Type, {}, 0xFFFF'FFFF}}) {
        Instr i;
        i.set_block_type(bt);
        EXPECT_EQ(i.block_type(), bt);
    }
}

TEST(Instr, KeepsItsHeapType)
{
    for (auto const h : {HeapType{AbsHeapType::NoExn}, HeapType::type(7)}) {
        Instr i;
        i.set_heap_type(h);
        EXPECT_EQ(i.heap_type(), h);
    }
}

TEST(Module, PlacesDoNotCountInComparisons)
{
    Instr a;
    Instr b;
    b.where.offset = 99;
    EXPECT_EQ(a, b);
    b.x = 1;
    EXPECT_NE(a, b);
}

} // namespace
} // namespace touchstone
