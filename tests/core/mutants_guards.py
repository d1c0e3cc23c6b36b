"""Deliberate errors at guards, boundaries and defaults, in checkpoints and in training that goes on."""

import numpy as np

from .mutant import mutants_of

DEFAULTS = "test_defaults.test_the_defaults_are_those_of_the_documentation"
RATES = "test_defaults.test_the_default_rates_are_used"
RETURNED = "test_defaults.test_what_a_loss_returns_is_checked_and_not_written_into"
DIVERGED = "test_training.test_each_sign_of_divergence_is_told_with_its_update"
GOING_ON = "test_training.test_two_calls_are_one"
NETWORK = {"name": "network", "optimizer": "adam"}
TYPES = "test_training.test_numbers_of_numpy_do_not_change_the_type_of_arrays"
TINY = "test_training.test_clipping_to_a_tiny_norm_keeps_the_direction"
SINGLE = {"dtype": np.float32, "length": 1e15}
FLAGS = "test_training.test_the_history_tells_which_updates_were_clipped"
OTHER_RUN = "test_training.test_a_history_of_another_run_is_refused"
OVERFLOW = "test_training.test_adam_in_float32_tells_a_gradient_whose_square_overflows"
STOPPING = "test_checkpoint.test_stopping_and_going_on_is_not_stopping"
LIES = "test_checkpoint.test_a_file_that_lies_is_refused"
ODD = "test_checkpoint.test_compressed_encrypted_and_doubled_members_are_refused"
FOREIGN = "test_files.test_what_is_something_else_is_refused_by_its_name_and_not_run"
LIMIT = "test_files.test_a_file_may_have_as_many_bytes_as_is_said_and_no_more"
BINARY = "test_files.test_a_binary_file_of_no_known_kind_is_refused_with_the_place"
AS_PYTHON = "test_files.test_a_text_is_read_as_python_reads_it"
NOT_RUN = "test_files.test_pickles_within_an_archive_are_not_run"
BOMB = "test_checkpoint.test_a_file_that_would_unpack_to_more_than_it_is_takes_no_memory"
NOT_SAVED = "test_checkpoint.test_what_is_not_a_checkpoint_is_not_saved_and_the_old_file_stays"
ON_DISK = "test_checkpoint.test_the_file_is_on_the_disk_before_it_takes_the_place_of_the_old_one"
STATES = "test_checkpoint.test_states_that_would_read_beyond_memory_are_refused"
NUMBERS = "test_guards.test_numbers"
MASKED = "test_guards.test_masked_arrays_are_refused_and_other_subclasses_are_plain"
LISTS = "test_guards.test_lists_take_the_type_that_is_wanted_and_arrays_must_have_it"
WORDS = "test_guards.test_dtypes_words_and_flags"
KERAS = "test_guards.test_the_configuration_of_a_keras_layer"
CHECKERS = "test_guards.test_no_checker_takes_the_batch_of_another_task"
FIT = "test_guards.test_grammars_and_models_that_do_not_fit_together"

MUTANTS = [
    *mutants_of(
        "descent.py",
        ("another rate of descent", '"sgd": 0.1', '"sgd": 0.2', DEFAULTS),
        ("another rate of Adam", '"adam": 1e-3', '"adam": 1e-2', DEFAULTS),
        ("one rate for both rules", "learning_rate = LEARNING_RATES[optimizer]",
         'learning_rate = LEARNING_RATES["sgd"]', RATES),
        ("another ε", "0.999, 1e-8", "0.999, 1e-7", DEFAULTS),
        ("another β₁", "= 0.9, 0.999", "= 0.99, 0.999", DEFAULTS),
        ("another β₂", "0.9, 0.999, 1e-8", "0.9, 0.99, 1e-8", DEFAULTS),
        ("another longest norm", "max_norm: float = 1.0", "max_norm: float = 5.0", DEFAULTS),
        ("a hidden clip", "clip: float | None = None,", "clip: float | None = 1.0,", DEFAULTS),
        ("a loss of NaN is gone over", "if not (math.isfinite(value) and math.isfinite(norm)):",
         "if not math.isfinite(norm):", DIVERGED),
        ("an infinite gradient is gone over", "if not (math.isfinite(value) and math.isfinite(norm)):",
         "if not math.isfinite(value):", DIVERGED),
        ("parameters that overflow are gone over", "if not math.isfinite(_norm(params)):", "if False:",
         DIVERGED),
        ("updates counted from zero", "start=done + 1)", "start=done)", DIVERGED),
        ("Adam forgets between two calls", "start if state is None else state", "start", GOING_ON, NETWORK),
        ("the records of the first call are lost", "(record.tolist() for record in records)",
         "([] for record in records)", GOING_ON, NETWORK),
        ("Adam's state in plain descent", 'if state is not None and optimizer != "adam":', "if False:",
         OTHER_RUN),
        ("a history whose records differ in length", "if len({loss.shape, grad_norm.shape, clipped.shape})",
         "if 0 * len({loss.shape})", OTHER_RUN),
        ("the state of another model", 'state = read_state(f"{name}.optimizer_state", state, params)', "pass",
         OTHER_RUN),
        ("clipped at the norm itself", "clipped.append(clip is not None and norm > clip)",
         "clipped.append(clip is not None and norm >= clip)", FLAGS),
        ("all updates called clipped", "clipped.append(clip is not None and norm > clip)",
         "clipped.append(clip is not None)", FLAGS),
        ("numbers of NumPy kept", "beta1, beta2 = (_forgetting(name, beta) for",
         "beta1, beta2 = (beta for", TYPES),
        ("a factor that underflows", "if factor >= tiny:", "if True:", TINY, SINGLE),
        ("a norm too short for its type", "if max_norm < tiny / eps:", "if False:", TINY, SINGLE),
        ("an infinite norm makes zeros", "stretch = max_norm / _norm(unit)", "stretch = max_norm / norm",
         "test_training.test_a_gradient_whose_norm_is_beyond_the_largest_float_is_clipped"),
        ("squares that overflow are gone over", "if not math.isfinite(v.max()):",
         "if False:", OVERFLOW),
        ("Adam's error without its update", 'f"training diverged at update {update}: {error}"', "str(error)",
         OVERFLOW),
        ("the clip called max_norm", 'clip_gradient("clip",', 'clip_gradient("max_norm",',
         "test_training.test_the_clip_of_training_is_called_clip"),
    ),
    *mutants_of(
        "losses.py",
        ("float32 sums", "losses.sum(dtype=np.float64)", "losses.sum()",
         "test_defaults.test_losses_are_added_up_in_double_precision"),
        ("a mask of padding alone", "if not valid.any():", "if not mask.any():",
         "test_defaults.test_a_mask_that_chooses_padding_alone_is_refused"),
        ("a derivative of another shape", "or grad_o.shape != o.shape:", "and grad_o.shape != o.shape:",
         RETURNED),
        ("one thing taken for two", "if not (isinstance(result, tuple) and len(result) == 2):", "if False:",
         RETURNED),
        ("the caller's array written into", "or not np.may_share_memory(grad_o, o)", "", RETURNED),
        ("NaN where a step does not count", "rows[~valid.reshape(-1)] = 0.0", "rows *= valid.reshape(-1, 1)",
         RETURNED),
        ("a gradient in a wider type", "grad_o = grad_o.astype(o.dtype)", "grad_o = grad_o.copy()",
         "test_training.test_a_loss_in_a_wider_type_does_not_change_the_type_of_the_gradient"),
    ),
    *mutants_of(
        "gated/_layout.py",
        ("no step in a block of a large batch", "-(-BLOCK // B)", "BLOCK // B",
         "test_defaults.test_a_batch_of_more_sequences_than_a_block_has_steps"),
    ),
    *mutants_of(
        "gated/lstm.py",
        ("∂L/∂h^(0) of the first step", "start: Array = self.grad_h[0]", "start: Array = self.grad_h[1]",
         "test_training.test_the_gradient_of_the_initial_state", {"kind": "lstm", "B": 6}),
        ("∂L/∂c^(0) for that of h", "start: Array = self.grad_c[0]", "start: Array = self.grad_h[0]",
         "test_training.test_the_gradient_of_the_initial_state", {"kind": "lstm", "B": 6}),
    ),
    *mutants_of(
        "gated/gru.py",
        ("∂L/∂h^(0) of the first step", "start: Array = self.grad_h[0]", "start: Array = self.grad_h[1]",
         "test_training.test_the_gradient_of_the_initial_state", {"kind": "after", "B": None}),
    ),
    *mutants_of(
        "gated/convert.py",
        ("lists of biases joined", "linear_bias = arrays\n    return _own(LSTMParams",
         "linear_bias = (*arrays[:2], bias_ih, bias_hh, *arrays[4:])\n    return _own(LSTMParams",
         "test_guards.test_weights_as_lists"),
        ("any activation of Keras", "if config.get(key, wanted) != wanted:", "if False:", KERAS),
        ("reset_after not compared", '_expect_config(config, {"reset_after": not one_row})',
         "_expect_config(config, {})", KERAS),
    ),
    *mutants_of(
        "gated/params.py",
        ("another forget bias", "forget_bias: float = 1.0", "forget_bias: float = 0.0", DEFAULTS),
    ),
    *mutants_of(
        "tasks/copying.py",
        ("another length", 'delay: int, symbols: int = 8, length: int = 10) ->',
         'delay: int, symbols: int = 8, length: int = 20) ->', DEFAULTS),
        ("any x for copied symbols", '    expect_one_hot(batch, "copy_memory")\n', "", CHECKERS),
        ("masks let in", "if blank < 1 or batch.mask is not None or batch.lengths is not None:",
         "if blank < 1:", CHECKERS),
    ),
    *mutants_of(
        "tasks/addition.py",
        ("another tolerance", "tolerance: float = 0.08", "tolerance: float = 0.04", DEFAULTS),
    ),
    *mutants_of(
        "tasks/_arrays.py",
        ("any mask for the last step", "    if not np.array_equal(mask, last_step(T, B)):", "    if False:",
         CHECKERS),
    ),
    *mutants_of(
        "tasks/reber.py",
        ("strings of any grammar", "if symbol not in EMBEDDED_REBER[state]:\n                raise",
         "if False:\n                raise", CHECKERS),
    ),
    *mutants_of(
        "cliff.py",
        ("another number of steps", "def cliff_loss(w: ArrayLike, b: ArrayLike, T: int = 50",
         "def cliff_loss(w: ArrayLike, b: ArrayLike, T: int = 40", DEFAULTS),
        ("another target", "TARGET = 0.7", "TARGET = 0.5", DEFAULTS),
    ),
    *mutants_of(
        "jacobian.py",
        ("another fraction", "fraction: float = 0.01", "fraction: float = 0.05", DEFAULTS),
        ("the rate of complex numbers",
         'if array.dtype.kind not in "iuf":\n        raise TypeError(f"log_norm',
         'if False:\n        raise TypeError(f"log_norm', "test_guards.test_decay_rates_and_lags"),
        ("states of another size", "if array.ndim in (2, 3) and array.shape[-1] != m:", "if False:",
         "test_guards.test_traces_of_other_networks_are_refused"),
    ),
    *mutants_of(
        "markov.py",
        ("half a symbol to start with", 'before = _codes("start", start, model.k, least=0)',
         'before = np.asarray(start, dtype=np.int64)', FIT),
        ("tables cut", "if len(tables) != order + 2:", "if False:", FIT),
    ),
    *mutants_of(
        "grammar.py",
        ("probabilities that do not sum to one", "or not np.allclose(p.sum(axis=1), 1.0)", "", FIT),
    ),
    *mutants_of(
        "text.py",
        ("any kind of file is a text", "if kind := kind_of(data):", "if kind := '':", FOREIGN,
         {"loader": "read_text"}),
        ("zeros are characters", 'if "\\0" in text:', "if False:", BINARY),
        ("lines as they are in the file", "io.TextIOWrapper(io.BytesIO(data), encoding=\"utf-8-sig\").read()",
         'data.decode("utf-8-sig")', AS_PYTHON),
        ("the mark kept", 'encoding="utf-8-sig"', 'encoding="utf-8"',
         "test_guards.test_a_byte_order_mark_is_no_symbol"),
        ("words as symbols", "if any(len(symbol) != 1 for symbol in symbols):", "if False:",
         "test_guards.test_words_are_refused_in_a_sentence"),
    ),
    *mutants_of(
        "_checks.py",
        ("hidden values used", "if is_masked(value) or (", "if (", MASKED),
        ("subclasses kept", "return np.asarray(value)", "return np.asanyarray(value)", MASKED),
        ("lists always of double precision", "array = array.astype(dtype or np.float64)",
         "array = array.astype(np.float64)", LISTS),
        ("a bool for a number", "if isinstance(value, bool) or not (axes_free", "if not (axes_free", NUMBERS),
        ("a bool for a size", "if isinstance(value, bool | np.bool_) or is_masked(value):",
         "if is_masked(value):", NUMBERS),
        ("sizes without an end", "LARGEST = 2**31 - 1", "LARGEST = 2**31", NUMBERS),
        ("None for a dtype", "None if dtype is None else np.dtype(dtype)", "np.dtype(dtype)", WORDS),
        ("any truth for a flag", "if not isinstance(value, bool | np.bool_):", "if False:", WORDS),
    ),
    *mutants_of(
        "params.py",
        ("inputs of unit length give order one", "rng.standard_normal((m, n)) / np.sqrt(n)",
         "rng.standard_normal((m, n)) / 1.0",
         "test_guards.test_the_scale_of_the_input_weights_is_what_the_docstring_says", {"n": 25}),
        ("another family", 'recurrent: str = "orthogonal"', 'recurrent: str = "gaussian"', DEFAULTS),
        ("another ρ", "rho: float = 0.9", "rho: float = 1.0", DEFAULTS),
    ),
    *mutants_of(
        "_files.py",
        ("a pickle has no name", "in range(2, 6)", "in range(2, 2)", FOREIGN, {"loader": "read_text"}),
        ("one byte too many", "if size > max_bytes:", "if size > max_bytes + 1:", LIMIT),
        ("one byte too few", "if size > max_bytes:", "if size >= max_bytes:", LIMIT),
        ("a word is an archive", 'b"BZh91AY&SY"', 'b"BZh"', AS_PYTHON),
    ),
    *mutants_of(
        "checkpoint.py",
        ("any kind of file is opened", "if kind and kind != ARCHIVE:", "if False:", FOREIGN,
         {"loader": "load_checkpoint"}),
        ("a checkpoint of any size", "expect_size(path, os.fstat", "(lambda *_: 0)(path, os.fstat", LIMIT),
        ("arrays of objects", "if dtype not in TYPES and", "if dtype not in TYPES and dtype.kind != 'O' and",
         NOT_RUN),
        ("not brought to the disk", "            os.fsync(file.fileno())\n", "", ON_DISK),
        ("any version", "if found != FORMAT:", "if not found:", LIES),
        ("parameters that do not fit saved", 'rng_state = _read("checkpoint.", checkpoint)',
         "rng_state = checkpoint", NOT_SAVED),
        ("parameters that do not fit loaded", '_read("", Checkpoint(params', "(Checkpoint(params",
         LIES),
        ("compressed members", "if member.compress_type != zipfile.ZIP_STORED or member.file_size",
         "if 0 != 0 and member.file_size", ODD),
        ("encrypted members", "if member.flag_bits & 0x1:", "if False:", ODD),
        ("two members of one name", "if name in members or name == member.filename:",
         "if name == member.filename:", ODD),
        ("members larger than the file", "> size:", "> 1000 * size:", BOMB),
        ("headers believed", "if math.prod(shape) * dtype.itemsize != member.file_size - stream.tell():",
         "if False:", LIES),
        ("arrays of any type", 'if dtype not in TYPES and not (text and dtype.kind == "U"):',
         "if False:", LIES),
        ("members that are missing", "if members.keys() != expected:", "if not members.keys() <= expected:",
         LIES),
        ("members too many", "if members.keys() != expected:", "if not members.keys() >= expected:", LIES),
        ("a mark of any length", "if members[\"format\"].file_size > LONGEST_LINE:", "if False:", LIES),
        ("Adam forgotten", '    adam = None if state is None else {"step": state.step}\n',
         "    adam = state = None\n", STOPPING, NETWORK),
        ("Adam's means exchanged", '{"mean": state.mean, "square": state.square}',
         '{"mean": state.square, "square": state.square}', STOPPING, NETWORK),
        ("C order for all", 'order="F" if fortran_order else "C"', 'order="C"',
         "test_checkpoint.test_an_array_keeps_its_order_in_memory"),
        ("positions believed", "if not 0 <= position <= most:", "if False:", STATES),
        ("numbers out of range", "if _to_json(bits.state) != _to_json(state):", "if False:", STATES),
    ),
]  # fmt: skip
