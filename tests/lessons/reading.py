"""The derivations' formulas, read by Python's own parser into SymPy for a given number of classes and of units."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import sympy

Binding = Mapping[str, int]


@dataclass(frozen=True)
class Algebra:
    """Symbols of one sample with ``classes`` classes and ``units`` units in the layer before."""

    classes: int
    units: int = 2
    z: list[sympy.Symbol] = field(init=False)
    x: list[sympy.Symbol] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "z", [sympy.Symbol(f"z{k}", real=True) for k in range(self.classes)])
        # e^{z_k}: with a name for it both sides are rational functions, and equal ones cancel to 0.
        object.__setattr__(self, "x", [sympy.Symbol(f"x{k}", positive=True) for k in range(self.classes)])

    def plain(self, name: str, *at: int) -> sympy.Symbol:
        return sympy.Symbol(name + "_".join(map(str, at)), real=True)

    def affine(self, i: int) -> Any:
        """z_i = Σ_m w_im h_m + b_i."""
        return sum(self.plain("w", i, m) * self.plain("h", m) for m in range(self.units)) + self.plain("b", i)

    def read(self, text: str, binding: Binding) -> Any:
        """The formula at these indices (from 0), every derivative taken, every e^{z_k} named x_k."""
        return self.named(self.node(ast.parse(text, mode="eval").body, binding))

    def named(self, formula: Any) -> Any:
        powers = {sympy.exp(z): x for z, x in zip(self.z, self.x, strict=True)}
        inverse = {sympy.exp(-z): 1 / x for z, x in zip(self.z, self.x, strict=True)}
        return formula.subs(powers | inverse)

    def node(self, node: ast.expr, binding: Binding) -> Any:
        match node:
            case ast.Constant(value=int(number)):
                return sympy.Integer(number)
            case ast.UnaryOp(op=ast.USub(), operand=inside):
                return -self.node(inside, binding)
            case ast.BinOp(left=left, op=operator, right=right):
                return self.operation(operator, self.node(left, binding), self.node(right, binding))
            case ast.Call(func=ast.Name(id=name), args=given):
                return self.call(name, given, binding)
            case ast.Name(id=name):
                return self.symbol(name, ())
            case ast.Subscript(value=ast.Name(id=name), slice=index):
                names = index.elts if isinstance(index, ast.Tuple) else [index]
                return self.symbol(name, tuple(binding[one.id] for one in names if isinstance(one, ast.Name)))
        raise SyntaxError(ast.unparse(node))

    def operation(self, operator: ast.operator, left: Any, right: Any) -> Any:
        match operator:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div():
                return left / right
            case ast.Pow():
                return left**right
        raise SyntaxError(ast.dump(operator))

    def call(self, name: str, given: list[ast.expr], binding: Binding) -> Any:
        if name in ("sum", "others"):
            index, *rest = given
            assert isinstance(index, ast.Name)
            everything = range(self.units if index.id == "m" else self.classes)
            skipped = binding[rest[0].id] if name == "others" and isinstance(rest[0], ast.Name) else None
            return sum(self.node(rest[-1], {**binding, index.id: n}) for n in everything if n != skipped)
        if name == "D":
            return self.derivative(self.node(given[0], binding), given[1], binding)
        argument = self.node(given[0], binding)
        return {"exp": sympy.exp, "ln": sympy.log, "sigma": lambda z: 1 / (1 + sympy.exp(-z))}[name](argument)

    def derivative(self, inside: Any, by: ast.expr, binding: Binding) -> Any:
        variable = self.node(by, binding)
        if variable in self.z:
            return inside.diff(variable)
        # Only for who asks about w or b is z made of them: as functions first, so that SymPy applies the chain rule.
        made = [sympy.Function(f"made{k}")(variable) for k in range(self.classes)]
        slope = inside.subs(dict(zip(self.z, made, strict=True))).diff(variable)
        slopes = {one.diff(variable): self.affine(k).diff(variable) for k, one in enumerate(made)}
        return slope.subs(slopes).subs(dict(zip(made, self.z, strict=True)))

    def symbol(self, name: str, at: tuple[int, ...]) -> Any:
        total = sum(map(sympy.exp, self.z))
        match name:
            case "z":
                return self.z[at[0]]
            case "S":
                return total
            case "a":
                return sympy.exp(self.z[at[0]]) / total
            case "C":
                return -sum(self.plain("y", k) * sympy.log(sympy.exp(z) / total) for k, z in enumerate(self.z))
            case "delta":
                return self.symbol("C", ()).diff(self.z[at[0]])
        return self.plain(name, *at)
