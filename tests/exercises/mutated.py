"""Programs with one or two things changed."""

import ast
import copy

OPERATORS = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div),
    ast.Div: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.Pow: (ast.Mult, ast.Add),
    ast.Mod: (ast.FloorDiv,),
    ast.Eq: (ast.NotEq,),
}
NAMES = {"tanh": "sin", "sum": "mean", "max": "min", "exp": "expm1", "zeros_like": "ones_like", "log": "log2"}


def changes(node):
    """Yield what could stand in the place of a node; each is made of a copy of it."""

    def changed(**fields):
        new = copy.deepcopy(node)
        for name, value in fields.items():
            setattr(new, name, value)
        return new

    match node:
        case ast.BinOp(op=op) | ast.AugAssign(op=op):
            for other in OPERATORS.get(type(op), ()):
                yield changed(op=other())
            if isinstance(node, ast.BinOp):
                yield changed(left=node.right, right=node.left)
                yield node.left
                yield node.right
        case ast.Compare(ops=[op]):
            for other in OPERATORS.get(type(op), ()):
                yield changed(ops=[other()])
        case ast.UnaryOp(op=ast.USub()):
            yield node.operand
        case ast.Attribute(attr="T"):
            yield node.value
        case ast.Attribute(attr=name) if name in NAMES:
            yield changed(attr=NAMES[name])
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            yield changed(value=value + 1)
            yield changed(value=value - 1)
        case ast.Slice():
            yield changed(lower=node.upper, upper=node.lower)
            yield changed(lower=None, upper=None)
        case ast.Tuple(elts=[first, second, *rest]):
            yield changed(elts=[second, first, *rest])
        case ast.Call(args=[first, second, *rest]):
            yield changed(args=[second, first, *rest])
        case ast.Assign() | ast.AugAssign():
            yield ast.Pass()


def places(tree):
    """Return all changes of a program, as (number of the node, number of the change)."""
    return [(i, j) for i, node in enumerate(ast.walk(tree)) for j, _ in enumerate(changes(node))]


def change(tree, place):
    """Return a copy of the program with one thing changed."""
    tree = copy.deepcopy(tree)
    node = list(ast.walk(tree))[place[0]]
    new = list(changes(node))[place[1]]
    for parent in ast.walk(tree):
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, new)
                return tree
            if isinstance(value, list) and any(each is node for each in value):
                value[next(i for i, each in enumerate(value) if each is node)] = new
                return tree
    raise AssertionError("the node has no parent")


def mutants(program, rng, count):
    """Return programs that differ in one thing, and some that differ in two, as texts."""
    tree = ast.parse(program)
    original = ast.unparse(tree)
    found = {}
    for _ in range(50 * count):
        if len(found) == count:
            break
        mutant = change(tree, rng.choice(places(tree)))
        if rng.random() < 0.25:
            mutant = change(mutant, rng.choice(places(mutant)))
        try:
            text = ast.unparse(ast.fix_missing_locations(mutant))
            compile(text, "<mutant>", "exec")
        except SyntaxError:
            continue
        if text != original:
            found[text] = None
    return list(found)
